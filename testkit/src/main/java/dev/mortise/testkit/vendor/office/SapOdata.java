package dev.mortise.testkit.vendor.office;

import dev.mortise.testkit.vendor.Asked;
import dev.mortise.testkit.vendor.Mood;
import dev.mortise.testkit.vendor.Served;
import dev.mortise.testkit.vendor.Told;
import dev.mortise.testkit.vendor.Vendor;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/// SAP's OData: sales orders and business partners in v2, products in v4.
///
/// Basic login; a write needs the CSRF token and the cookie of one session; pages end where the
/// server says; a change needs the ETag. Without a wish for JSON the answer is Atom.
public final class SapOdata implements Vendor {
    private static final String USER = "MORTISE";
    private static final String PASSWORD = "simulated:Secret1";
    private static final Pattern ENTITY = Pattern.compile("(.+)\\('([^']*)'\\)");

    private final SapSessions sessions;
    private final Trouble trouble;
    private final SapEntities orders;
    private final SapEntities partners;
    private final SapEntities products;

    public SapOdata() {
        this(InstantSource.system(), new Trouble());
    }

    public SapOdata(Mood mood) {
        this(InstantSource.system(), new Trouble(mood));
    }

    /// @param trouble with `A_SalesOrder`, `A_BusinessPartner` and `Product`
    public SapOdata(InstantSource clock, Trouble trouble) {
        this.sessions = new SapSessions(clock);
        this.trouble = trouble;
        this.orders = SapRows.orders(trouble);
        this.partners = SapRows.partners(trouble);
        this.products = SapRows.products(trouble);
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

    @Override
    public List<Served> served() {
        return Stream.of(orders, partners, products).map(e -> e.shelf().served()).toList();
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
        SapSessions.Opened opened = sessions.open(asked);
        return told.with("x-csrf-token", opened.token())
                .with(
                        "Set-Cookie",
                        SapSessions.COOKIE + "=" + opened.cookie() + "; path=/; HttpOnly");
    }

    private Told routed(Asked asked) {
        String path = URLDecoder.decode(asked.path(), StandardCharsets.UTF_8);
        if (path.endsWith("/$batch")) {
            return error(501, "/IWBEP/CM_MGW_RT/500", "Batch is not played").refusing("batch");
        }
        Matcher entity = ENTITY.matcher(path);
        boolean one = entity.matches();
        String set = one ? entity.group(1) : path;
        for (SapEntities entities : List.of(orders, partners, products)) {
            if (set.equals(entities.service)) {
                return Told.json("{\"d\":{\"EntitySets\":[]}}");
            }
            if (set.equals(entities.path)) {
                Optional<String> id = one ? Optional.of(entity.group(2)) : Optional.empty();
                return trouble.struck().orElseGet(() -> on(entities, asked, id));
            }
        }
        return missing().refusing("path");
    }

    private Told on(SapEntities entities, Asked asked, Optional<String> id) {
        SapReading reading = new SapReading(entities, "http://" + asked.header("host"));
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
        SapWriting writing = new SapWriting(entities, reading);
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
}
