package dev.mortise.testkit.vendor.sap;

import dev.mortise.testkit.vendor.Asked;
import dev.mortise.testkit.vendor.Json;
import dev.mortise.testkit.vendor.Tally;
import dev.mortise.testkit.vendor.Told;
import dev.mortise.testkit.vendor.Trouble;
import dev.mortise.testkit.vendor.Vendor;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// SAP's OData: sales orders and business partners in v2, products in v4.
///
/// Basic login; a write needs the CSRF token and the cookie of one session; pages end where the
/// server says; a change needs the ETag. Without a wish for JSON the answer is Atom.
public final class SapOdata implements Vendor {
    private static final String USER = "MORTISE";
    private static final String PASSWORD = "simulated:Secret1";
    private static final String SALES = "/sap/opu/odata/sap/API_SALES_ORDER_SRV/";
    private static final String PARTNERS = "/sap/opu/odata/sap/API_BUSINESS_PARTNER/";
    private static final String PRODUCTS =
            "/sap/opu/odata4/sap/api_product/srvd_a2x/sap/product/0002/";
    private static final Pattern ENTITY = Pattern.compile("(.+)\\('([^']*)'\\)");
    private static final long START_MS = 1_767_225_600_000L;
    private static final long HOUR_MS = 3_600_000L;

    private final Sessions sessions;
    private final Entities orders;
    private final Entities partners;
    private final Entities products;

    public SapOdata() {
        this(InstantSource.system(), new Trouble());
    }

    /// @param trouble with `A_SalesOrder`, `A_BusinessPartner` and `Product`
    public SapOdata(InstantSource clock, Trouble trouble) {
        this.sessions = new Sessions(clock);
        this.orders =
                new Entities(
                        new Entities.Name(SALES, "A_SalesOrder", false),
                        new Entities.Members("SalesOrder", "LastChangeDateTime", "TotalNetAmount"),
                        trouble,
                        512,
                        SapOdata::order);
        this.partners =
                new Entities(
                        new Entities.Name(PARTNERS, "A_BusinessPartner", false),
                        new Entities.Members(
                                "BusinessPartner", "LastChangeDate", "BusinessPartnerFullName"),
                        trouble,
                        233,
                        SapOdata::partner);
        this.products =
                new Entities(
                        new Entities.Name(PRODUCTS, "Product", true),
                        new Entities.Members("Product", "LastChangeDateTime", "NetWeight"),
                        trouble,
                        301,
                        SapOdata::product);
    }

    @Override
    public String name() {
        return "sap";
    }

    @Override
    public Map<String, String> environment(URI base) {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("SAP_URL", base.toString());
        words.put("SAP_USER", USER);
        words.put("SAP_PASSWORD", PASSWORD);
        return words;
    }

    public Tally orders() {
        return orders.tally();
    }

    public Tally partners() {
        return partners.tally();
    }

    public Tally products() {
        return products.tally();
    }

    /// The next so many writes are answered as if another server of theirs had received them: 403,
    /// and the session is gone.
    public void loseSessions(int writes) {
        sessions.lose(writes);
    }

    @Override
    public Told answer(Asked asked) {
        if (!asked.header("authorization").equals(login())) {
            return Told.of(401, "text/html", "<html>Logon failed</html>")
                    .with("WWW-Authenticate", "Basic realm=\"SAP NetWeaver Application Server\"")
                    .refusing("login");
        }
        Told told = routed(asked);
        boolean fetches = asked.header("x-csrf-token").equalsIgnoreCase("fetch");
        return fetches && told.status() < 400 ? opened(asked, told) : told;
    }

    private static String login() {
        byte[] pair = (USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    private Told opened(Asked asked, Told told) {
        Sessions.Opened opened = sessions.open(asked);
        return told.with("x-csrf-token", opened.token())
                .with("Set-Cookie", Sessions.COOKIE + "=" + opened.cookie() + "; path=/; HttpOnly");
    }

    private Told routed(Asked asked) {
        String path = URLDecoder.decode(asked.path(), StandardCharsets.UTF_8);
        if (path.endsWith("/$batch")) {
            return error(501, "/IWBEP/CM_MGW_RT/500", "Batch is not played").refusing("batch");
        }
        Matcher entity = ENTITY.matcher(path);
        boolean one = entity.matches();
        String set = one ? entity.group(1) : path;
        for (Entities entities : List.of(orders, partners, products)) {
            if (set.equals(entities.service)) {
                return Told.json("{\"d\":{\"EntitySets\":[]}}");
            }
            if (set.equals(entities.path)) {
                return on(entities, asked, one ? Optional.of(entity.group(2)) : Optional.empty());
            }
        }
        return missing().refusing("path");
    }

    private Told on(Entities entities, Asked asked, Optional<String> id) {
        Reading reading = new Reading(entities, "http://" + asked.header("host"));
        boolean reads = asked.method().equals("GET");
        boolean json =
                entities.fourth
                        || asked.header("accept").contains("json")
                        || "json".equals(asked.params().get("$format"));
        if (reads && !json) {
            return Told.of(200, "application/atom+xml", "<feed/>").refusing("json-not-asked");
        }
        if (reads) {
            return id.map(entities::find)
                    .map(row -> row.map(reading::one).orElseGet(SapOdata::missing))
                    .orElseGet(() -> reading.many(asked.params()));
        }
        String broken = sessions.refusal(asked);
        if (!broken.isEmpty()) {
            return Told.of(403, "text/plain", "CSRF token validation failed")
                    .with("x-csrf-token", "Required")
                    .refusing(broken);
        }
        Writing writing = new Writing(entities, reading);
        return switch (asked.method()) {
            case "POST" -> id.isPresent() ? notAllowed() : writing.create(asked);
            case "PATCH", "MERGE", "PUT" ->
                    id.map(key -> writing.change(asked, key)).orElseGet(SapOdata::notAllowed);
            default -> notAllowed();
        };
    }

    private static Told notAllowed() {
        return error(405, "/IWBEP/CM_MGW_RT/405", "Method not allowed").refusing("method");
    }

    static Told missing() {
        return error(404, "/IWBEP/CM_MGW_RT/020", "Resource not found");
    }

    /// The form of both versions: `message` as an object in v2 is read by all clients.
    static Told error(int status, String code, String message) {
        ObjectNode answer = Json.object();
        ObjectNode error = answer.putObject("error").put("code", code);
        error.putObject("message").put("lang", "en").put("value", message);
        return Told.of(status, "application/json", Json.write(answer));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
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
