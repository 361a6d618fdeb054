package dev.mortise.testkit.vendor.office;

import dev.mortise.testkit.vendor.Asked;
import dev.mortise.testkit.vendor.Mood;
import dev.mortise.testkit.vendor.Served;
import dev.mortise.testkit.vendor.Told;
import dev.mortise.testkit.vendor.Vendor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// 乐企, the tax platform: a body under SM4 both ways, headers that repeat the path, an envelope in
/// an envelope, and what the services of [LeqiServices] answer inside it.
///
/// Refuses a body that its key does not open, headers that do not fit the path or the unit, and a
/// call of the sandbox without its use case. Packs the answer where the caller takes gzip.
public final class Leqi implements Vendor {
    private static final String KEY = "0123456789abcdeffedcba9876543210";
    private static final String UNIT = "10000001";
    private static final String ABILITY = "202007";
    private static final Pattern PATH =
            Pattern.compile("/access/(newsandbox/)?v2/invoke/([0-9A-Za-z]+)/([0-9A-Za-z]+)");

    private final Sm4 cipher = new Sm4(HexFormat.of().parseHex(KEY));
    private final LeqiServices services;
    private final Trouble trouble;

    public Leqi() {
        this(new Trouble());
    }

    public Leqi(Mood mood) {
        this(new Trouble(mood));
    }

    /// @param trouble with the dataset `red_letters`
    public Leqi(Trouble trouble) {
        this.services = new LeqiServices(trouble);
        this.trouble = trouble;
    }

    @Override
    public String name() {
        return "leqi";
    }

    @Override
    public Map<String, String> environment(URI base) {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("LEQI_URL", base.toString());
        words.put("LEQI_UNIT", UNIT);
        words.put("LEQI_SM4_KEY", KEY);
        words.put("LEQI_TAXPAYER", LeqiServices.TAXPAYER);
        return words;
    }

    @Override
    public List<Served> served() {
        return services.served();
    }

    /// The invoices that were sent, each as often as it came: number and total, as `2611…|12.50`.
    public List<String> received() {
        return services.received();
    }

    /// Those that were accepted, which is known once somebody asked for the result.
    public List<String> uploaded() {
        return services.uploaded();
    }

    @Override
    public Told answer(Asked asked) {
        Matcher path = PATH.matcher(asked.path());
        if (!path.matches()) {
            return Told.of(404, "text/html", "<html>404</html>").refusing("path");
        }
        if (!asked.method().equals("POST")) {
            return Told.of(405, "text/html", "<html>405</html>").refusing("method");
        }
        Optional<Told> refusal = headers(asked, path);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Optional<JsonNode> content = open(asked.text());
        if (content.isEmpty()) {
            return error(asked, "100002", "请求报文解密失败").refusing("sealed-body");
        }
        Optional<Told> struck = trouble.struck();
        if (struck.isPresent()) {
            return struck.get();
        }
        LeqiServices.Answer answer = services.answer(path.group(3), content.get());
        String secret = seal(Json.write(answer.body()));
        ObjectNode response = Json.object().put("RequestId", asked.header("fwbm") + "-1");
        response.put("Data", secret);
        return told(asked, "200", response).refusing(answer.rule());
    }

    private Optional<Told> headers(Asked asked, Matcher path) {
        if (!asked.header("nlbm").equals(path.group(2)) || !path.group(2).equals(ABILITY)) {
            return Optional.of(error(asked, "100011", "能力编码 nlbm 与路径不符").refusing("nlbm"));
        }
        if (!asked.header("fwbm").equals(path.group(3))) {
            return Optional.of(error(asked, "100012", "服务编码 fwbm 与路径不符").refusing("fwbm"));
        }
        if (!asked.header("jrdwptbh").equals(UNIT) || !asked.header("sydwptbh").equals(UNIT)) {
            ObjectNode nothing = Json.object();
            return Optional.of(told(asked, "403", nothing).refusing("unit"));
        }
        if (path.group(1) != null && asked.header("ylbm").isEmpty()) {
            return Optional.of(error(asked, "100013", "沙箱须带用例编码 ylbm").refusing("ylbm"));
        }
        return Optional.empty();
    }

    private Optional<JsonNode> open(String body) {
        try {
            byte[] secret = Base64.getDecoder().decode(body.strip());
            return cipher.decrypt(secret)
                    .map(plain -> new String(plain, StandardCharsets.UTF_8))
                    .flatMap(Json::node);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private String seal(String plain) {
        byte[] secret = cipher.encrypt(plain.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(secret);
    }

    private static Told error(Asked asked, String code, String message) {
        ObjectNode response = Json.object();
        response.putObject("Error").put("Code", code).put("Message", message);
        return told(asked, "200", response);
    }

    /// The envelope: its `body` is JSON written as a string.
    private static Told told(Asked asked, String status, ObjectNode response) {
        ObjectNode body = Json.object();
        body.set("Response", response);
        ObjectNode envelope = Json.object().put("httpStatusCode", status);
        envelope.put("body", Json.write(body));
        Told told = Told.json(Json.write(envelope));
        boolean packs = asked.header("accept-encoding").toLowerCase(Locale.ROOT).contains("gzip");
        return packs ? packed(told) : told;
    }

    private static Told packed(Told told) {
        var bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(told.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Told(told.status(), told.headers(), bytes.toByteArray(), told.rule())
                .with("Content-Encoding", "gzip");
    }
}
