package dev.mortise.connectors.invoice;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What we take from a document, and where it may stand: the element around a value and the value's
/// own, in lower case and without prefixes. The forms are 数电票 XML (root `EInvoice`), the older
/// attachment of OFD files (`eInvoice` of `edrm.org.cn`) and the custom data in `OFD.xml`. Their
/// places differ, so one table reads all of them, in any order.
enum Term {
    NUMBER("taxsupervisioninfo/invoicenumber"),
    HEADER_ID("header/eiid"),
    CODE("einvoice/invoicecode", "customdata/发票代码"),
    NO("einvoice/invoiceno", "customdata/发票号码"),
    ISSUED("taxsupervisioninfo/issuetime", "einvoice/issuedate", "customdata/开票日期"),
    REQUESTED("basicinformation/requesttime"),
    BUREAU("taxsupervisioninfo/taxbureaucode"),
    BLUE("inissutype/labelcode"),
    KIND_CODE("generalorspecialvat/labelcode"),
    KIND_NAME("generalorspecialvat/labelname"),
    SIGN("einvoice/typecode"),
    SELLER_NAME("sellerinformation/sellername", "seller/sellername", "customdata/销售方名称"),
    SELLER_TAX_ID("sellerinformation/selleridnum", "seller/sellertaxid", "customdata/销售方纳税人识别号"),
    SELLER_ADDRESS("sellerinformation/selleraddr", "seller/selleraddrtel"),
    SELLER_PHONE("sellerinformation/sellertelnum"),
    SELLER_BANK("sellerinformation/sellerbankname", "seller/sellerfinancialaccount"),
    SELLER_ACCOUNT("sellerinformation/sellerbankaccnum"),
    BUYER_NAME("buyerinformation/buyername", "buyer/buyername", "customdata/购买方名称"),
    BUYER_TAX_ID("buyerinformation/buyeridnum", "buyer/buyertaxid", "customdata/购买方纳税人识别号"),
    BUYER_ADDRESS("buyerinformation/buyeraddr", "buyer/buyeraddrtel"),
    BUYER_PHONE("buyerinformation/buyertelnum"),
    BUYER_BANK("buyerinformation/buyerbankname", "buyer/buyerfinancialaccount"),
    BUYER_ACCOUNT("buyerinformation/buyerbankaccnum"),
    WITHOUT_TAX(
            "basicinformation/totalamwithouttax",
            "einvoice/taxexclusivetotalamount",
            "customdata/合计金额"),
    TAX("basicinformation/totaltaxam", "einvoice/taxtotalamount", "customdata/合计税额"),
    TOTAL(
            "basicinformation/totaltax-includedamount",
            "einvoice/taxinclusivetotalamount",
            "customdata/价税合计"),
    DRAWER("basicinformation/drawer", "einvoice/invoiceclerk"),
    REMARK("additionalinformation/remark", "basicinformation/remark", "einvoice/note"),
    ORIGINAL_CODE("redeinvoice/originalinvoicecode", "einvoice/originalinvoicecode"),
    ORIGINAL_NO(
            "redeinvoice/originalinvoicenumber",
            "redeinvoice/originalinvoiceno",
            "einvoice/originalinvoiceno"),
    ITEM_NAME("issuiteminformation/itemname", "goodsinfo/item"),
    ITEM_SPECIFICATION("issuiteminformation/specmod", "goodsinfo/specification"),
    ITEM_UNIT("issuiteminformation/meaunits", "goodsinfo/measurementdimension"),
    ITEM_QUANTITY("issuiteminformation/quantity", "goodsinfo/quantity"),
    ITEM_PRICE("issuiteminformation/unprice", "goodsinfo/price"),
    ITEM_AMOUNT("issuiteminformation/amount", "goodsinfo/amount"),
    ITEM_RATE("issuiteminformation/taxrate", "goodsinfo/taxscheme"),
    ITEM_TAX("issuiteminformation/comtaxam", "goodsinfo/taxamount"),
    ITEM_TOTAL("issuiteminformation/totaltaxincludedamount"),
    ITEM_CODE("issuiteminformation/taxclassificationcode", "goodsinfo/code");

    private static final String BETWEEN = ",";

    /// The elements that hold a line each.
    static final List<String> ITEM_ELEMENTS = List.of("issuiteminformation", "goodsinfo");

    /// The element of custom data, whose name stands in an attribute.
    static final String CUSTOM_DATA = "customdata";

    private static final Map<String, Term> BY_PLACE = byPlace();

    /// Joined, for a constant holds only what cannot change.
    private final String places;

    Term(String... places) {
        this.places = String.join(BETWEEN, places);
    }

    private static Map<String, Term> byPlace() {
        Map<String, Term> terms = new HashMap<>();
        for (Term term : values()) {
            for (String place : term.places.split(BETWEEN, -1)) {
                terms.put(place, term);
            }
        }
        return Map.copyOf(terms);
    }

    boolean ofItem() {
        return name().startsWith("ITEM_");
    }

    /// The term in words, for messages.
    String words() {
        return name().replaceFirst("^ITEM_", "").toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static @Nullable Term at(String around, String element) {
        return BY_PLACE.get(around + "/" + element);
    }
}
