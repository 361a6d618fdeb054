package dev.mortise.testkit.vendor.office;

import dev.mortise.testkit.vendor.office.SapEntities.Members;
import dev.mortise.testkit.vendor.office.SapEntities.Name;
import dev.mortise.testkit.vendor.office.Shelf.Target;
import java.math.BigDecimal;
import java.time.Instant;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The entity sets of [SapOdata] as they are at the start.
final class SapRows {
    private static final String SALES = "/sap/opu/odata/sap/API_SALES_ORDER_SRV/";
    private static final String PARTNERS = "/sap/opu/odata/sap/API_BUSINESS_PARTNER/";
    private static final String PRODUCTS =
            "/sap/opu/odata4/sap/api_product/srvd_a2x/sap/product/0002/";
    private static final long START_MS = 1_767_225_600_000L;
    private static final long HOUR_MS = 3_600_000L;

    private SapRows() {}

    static SapEntities orders(Trouble trouble) {
        Target target =
                Target.of(
                        "sales_orders",
                        "sales_order: SalesOrder, sold_to: SoldToParty,"
                                + " currency: TransactionCurrency, net_amount: TotalNetAmount");
        Members members = new Members("SalesOrder", "LastChangeDateTime", target);
        Name name = new Name(SALES, "A_SalesOrder", false);
        return new SapEntities(name, members, trouble, 512, SapRows::order);
    }

    static SapEntities partners(Trouble trouble) {
        Target target =
                Target.of(
                        "business_partners",
                        "partner: BusinessPartner, name: BusinessPartnerFullName");
        Members members = new Members("BusinessPartner", "LastChangeDate", target);
        Name name = new Name(PARTNERS, "A_BusinessPartner", false);
        return new SapEntities(name, members, trouble, 233, SapRows::partner);
    }

    static SapEntities products(Trouble trouble) {
        Target target = Target.of("products", "product: Product, net_weight: NetWeight");
        Members members = new Members("Product", "LastChangeDateTime", target);
        Name name = new Name(PRODUCTS, "Product", true);
        return new SapEntities(name, members, trouble, 301, SapRows::product);
    }

    private static ObjectNode order(int number) {
        ObjectNode row = Json.object();
        row.put("SalesOrder", Integer.toString(number + 1));
        row.put("SalesOrderType", "OR").put("SoldToParty", "BP" + (number % 233 + 1));
        row.put("TransactionCurrency", number % 5 == 0 ? "EUR" : "CNY");
        // Three decimals, and as text: no double may come near.
        row.put("TotalNetAmount", BigDecimal.valueOf(1_000L + number * 3_337L, 3).toPlainString());
        row.put("CreationDate", "/Date(" + (START_MS + (number - number % 24) * HOUR_MS) + ")/");
        row.put("LastChangeDateTime", "/Date(" + (START_MS + number * HOUR_MS) + "+0000)/");
        ObjectNode items = row.putObject("to_Item");
        ArrayNode results = items.putArray("results");
        results.addObject().put("SalesOrderItem", "10").put("Material", "M" + number % 301);
        return row;
    }

    private static ObjectNode partner(int number) {
        ObjectNode row = Json.object();
        row.put("BusinessPartner", "BP" + (number + 1));
        row.put("BusinessPartnerFullName", "客户 " + (number + 1) + " & Söhne");
        row.put("BusinessPartnerIsBlocked", number % 17 == 0);
        row.put("LastChangeDate", "/Date(" + (START_MS + number * 24L * HOUR_MS) + ")/");
        return row;
    }

    private static ObjectNode product(int number) {
        ObjectNode row = Json.object();
        row.put("Product", "M" + number).put("ProductType", "FERT");
        row.put("NetWeight", BigDecimal.valueOf(500L + number * 125L, 3));
        Instant changed = Instant.ofEpochMilli(START_MS + number * HOUR_MS);
        row.put("LastChangeDateTime", changed.toString());
        return row;
    }
}
