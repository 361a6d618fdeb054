package dev.mortise.connectors.invoice;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// An invoice a test writes: its sums follow from its lines, in fen, unless a test spoils them.
final class Bill {
    final String number;
    final List<Line> lines = new ArrayList<>();
    String seller = "示例制造有限公司";
    String buyer = "示例商贸有限公司";
    String issued = "2026-03-05 10:22:33";
    @Nullable String original;
    String extra = "";

    /// What the sums at the foot are off by.
    long spoilt;

    /// @param rate as written
    record Line(String name, long amount, String rate, long tax) {}

    Bill(String number) {
        this.number = number;
    }

    /// A number of 20 digits.
    static String number(long serial) {
        return "2631%016d".formatted(serial);
    }

    static Bill of(long serial, long amount, long tax) {
        return new Bill(number(serial)).line(amount, "0.06", tax);
    }

    Bill line(long amount, String rate, long tax) {
        lines.add(new Line("*服务*第" + (lines.size() + 1) + "项", amount, rate, tax));
        return this;
    }

    Bill red(String of) {
        original = of;
        return this;
    }

    Bill spoilt(long by) {
        spoilt = by;
        return this;
    }

    Bill extra(String xml) {
        extra = xml;
        return this;
    }

    long withoutTax() {
        return lines.stream().mapToLong(Line::amount).sum() + spoilt;
    }

    long tax() {
        return lines.stream().mapToLong(Line::tax).sum();
    }

    long total() {
        return withoutTax() + tax();
    }

    static String yuan(long fen) {
        String digits = "%03d".formatted(Math.abs(fen));
        int point = digits.length() - 2;
        return (fen < 0 ? "-" : "") + digits.substring(0, point) + "." + digits.substring(point);
    }

    String xml() {
        return xml("UTF-8");
    }

    /// The document of 数电票.
    String xml(String charset) {
        return """
        <?xml version="1.0" encoding="%s"?>
        <EInvoice><Header><EIid>%s</EIid><EInvoiceTag>SWEI3200</EInvoiceTag><Version>0.32</Version>
        <InherentLabel><InIssuType><LabelCode>%s</LabelCode></InIssuType>
        <GeneralOrSpecialVAT><LabelCode>01</LabelCode><LabelName>增值税专用发票</LabelName>
        </GeneralOrSpecialVAT>
        </InherentLabel></Header>
        <EInvoiceData><SellerInformation><SellerIdNum>91310000SELLER000X</SellerIdNum>
        <SellerName>%s</SellerName><SellerBankName>示例银行</SellerBankName>
        <SellerBankAccNum>0001</SellerBankAccNum></SellerInformation>
        <BuyerInformation><BuyerIdNum>91320000BUYER0000Y</BuyerIdNum><BuyerName>%s</BuyerName>
        </BuyerInformation>
        <BasicInformation><TotalAmWithoutTax>%s</TotalAmWithoutTax><TotalTaxAm>%s</TotalTaxAm>
        <TotalTax-includedAmount>%s</TotalTax-includedAmount>
        <RequestTime>2026-03-05 10:20:00</RequestTime></BasicInformation>
        %s%s%s</EInvoiceData>
        <SellerAuthentication><AuthenticationMethods>1</AuthenticationMethods>
        </SellerAuthentication>
        <TaxSupervisionInfo><InvoiceNumber>%s</InvoiceNumber><IssueTime>%s</IssueTime>
        <TaxBureauCode>13100000000</TaxBureauCode></TaxSupervisionInfo></EInvoice>
        """
                .formatted(
                        charset,
                        number,
                        original == null ? "Y" : "N",
                        seller,
                        buyer,
                        yuan(withoutTax()),
                        yuan(tax()),
                        yuan(total()),
                        lines.stream().map(Bill::line).collect(Collectors.joining()),
                        original == null ? "" : redInformation(original),
                        extra,
                        number,
                        issued);
    }

    private static String redInformation(String original) {
        return "<SpecificInformation><RedEInvoice><OriginalInvoiceCode>"
                + original
                + "</OriginalInvoiceCode></RedEInvoice></SpecificInformation>";
    }

    private static String line(Line line) {
        return """
        <IssuItemInformation><ItemName>%s</ItemName><MeaUnits>项</MeaUnits><Quantity>2.5</Quantity>
        <UnPrice>0.123456789012345</UnPrice><Amount>%s</Amount><TaxRate>%s</TaxRate>
        <ComTaxAm>%s</ComTaxAm><TotaltaxIncludedAmount>%s</TotaltaxIncludedAmount>
        <TaxClassificationCode>3040201000000000000</TaxClassificationCode></IssuItemInformation>
        """
                .formatted(
                        line.name(),
                        yuan(line.amount()),
                        line.rate(),
                        yuan(line.tax()),
                        yuan(line.amount() + line.tax()));
    }

    /// The custom data of an OFD that holds it.
    String customData() {
        return customData(
                "发票号码",
                number,
                "合计金额",
                yuan(withoutTax()),
                "合计税额",
                yuan(tax()),
                "开票日期",
                "2026年03月05日",
                "销售方纳税人识别号",
                "91310000SELLER000X");
    }

    /// An `OFD.xml` with names and values.
    static String customData(String... pairs) {
        StringBuilder data = new StringBuilder();
        for (int i = 0; i < pairs.length; i += 2) {
            data.append(
                    "<ofd:CustomData Name=\"%s\">%s</ofd:CustomData>"
                            .formatted(pairs[i], pairs[i + 1]));
        }
        return """
        <?xml version="1.0" encoding="UTF-8"?>
        <ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016" DocType="OFD" Version="1.0"><ofd:DocBody>
        <ofd:DocInfo><ofd:DocID>1</ofd:DocID><ofd:CustomDatas>%s</ofd:CustomDatas></ofd:DocInfo>
        <ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>
        """
                .formatted(data);
    }

    /// The attachment of an OFD from before 数电票.
    static String old(String code, String no, long amount, long tax) {
        return """
        <?xml version="1.0" encoding="UTF-8"?>
        <eInvoice xmlns:fp="http://www.edrm.org.cn/schema/e-invoice/2019" Version="1.0">
        <fp:DocID>01</fp:DocID><fp:InvoiceCode>%s</fp:InvoiceCode><fp:InvoiceNo>%s</fp:InvoiceNo>
        <fp:TypeCode>0</fp:TypeCode><fp:IssueDate><![CDATA[2020年04月07日]]></fp:IssueDate>
        <fp:Buyer><fp:BuyerName><![CDATA[旧购买方]]></fp:BuyerName><fp:BuyerTaxID>B1</fp:BuyerTaxID>
        </fp:Buyer><fp:Seller><fp:SellerName>旧销售方</fp:SellerName>
        <fp:SellerFinancialAccount>建设银行 62</fp:SellerFinancialAccount></fp:Seller>
        <fp:TaxInclusiveTotalAmount>%s</fp:TaxInclusiveTotalAmount>
        <fp:TaxTotalAmount>%s</fp:TaxTotalAmount>
        <fp:TaxExclusiveTotalAmount>%s</fp:TaxExclusiveTotalAmount>
        <fp:GoodsInfos><fp:GoodsInfo><fp:Item>*餐饮服务*餐费</fp:Item><fp:Quantity>4</fp:Quantity>
        <fp:Amount>%s</fp:Amount><fp:TaxScheme>6%%</fp:TaxScheme><fp:TaxAmount>%s</fp:TaxAmount>
        </fp:GoodsInfo></fp:GoodsInfos></eInvoice>
        """
                .formatted(
                        code,
                        no,
                        yuan(amount + tax),
                        yuan(tax),
                        yuan(amount),
                        yuan(amount),
                        yuan(tax));
    }
}
