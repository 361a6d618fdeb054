package dev.mortise.testkit.vendor.cloud;

import dev.mortise.testkit.vendor.Asked;
import dev.mortise.testkit.vendor.Freshness;
import dev.mortise.testkit.vendor.Tokens;
import dev.mortise.testkit.vendor.Told;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;

/// Who may call Kingdee: signed headers for gateway and tenant, or a session cookie.
final class KingdeeGate {
    static final String USER = "integration";
    static final String ACCOUNT = "6a0c1f3e2b7d48";
    private static final String CONSTANT = "0054f397c6234378b09ca7d3e5debce7";
    private static final Duration WINDOW = Duration.ofMinutes(5);

    private final String clientId = "214371";
    private final String appId;
    private final String appSecret = Tokens.random();
    private final Freshness freshness;
    private final Tokens sessions;

    KingdeeGate(InstantSource clock, Duration sessionLife) {
        this.freshness = new Freshness(clock, WINDOW);
        this.sessions = new Tokens(clock, sessionLife);
        byte[] suffix = Tokens.random().substring(0, 24).getBytes(StandardCharsets.US_ASCII);
        this.appId = clientId + "_" + Base64.getEncoder().encodeToString(suffix);
    }

    Map<String, String> environment() {
        return new TreeMap<>(
                Map.of(
                        "KINGDEE_APP_ID", appId,
                        "KINGDEE_APP_SECRET", appSecret,
                        "KINGDEE_ACCT_ID", ACCOUNT,
                        "KINGDEE_USER", USER));
    }

    /// The rule a call breaks; empty when it may pass.
    String broken(Asked asked) {
        boolean signed = !asked.header("X-Api-Signature").isEmpty();
        return signed ? brokenSignature(asked) : brokenSession(asked);
    }

    private String brokenSession(Asked asked) {
        for (String cookie : asked.header("Cookie").split(";", -1)) {
            String[] pair = cookie.strip().split("=", 2);
            if (pair.length == 2 && pair[0].equals("kdservice-sessionid")) {
                return sessions.isValid(pair[1]) ? "" : "session";
            }
        }
        return "session";
    }

    private String brokenSignature(Asked asked) {
        String timestamp = asked.header("x-api-timestamp");
        String nonce = asked.header("x-api-nonce");
        boolean headers =
                asked.header("X-Api-ClientID").equals(clientId)
                        && asked.header("X-Api-Auth-Version").equals("2.0")
                        && asked.header("x-api-signheaders").equals("x-api-timestamp,x-api-nonce");
        if (!headers || nonce.isEmpty()) {
            return "headers";
        }
        if (!freshness.isNow(timestamp, 1)) {
            return "clock";
        }
        String text =
                "%s\n%s\n%s\nx-api-nonce:%s\nx-api-timestamp:%s\n"
                        .formatted(
                                asked.method(),
                                URLEncoder.encode(asked.path(), StandardCharsets.UTF_8),
                                asked.query(),
                                nonce,
                                timestamp);
        if (!asked.header("X-Api-Signature").equals(hmac(clientKey(), text))) {
            return "signature";
        }
        if (!freshness.isFirst(nonce)) {
            return "nonce";
        }
        return brokenTenant(asked);
    }

    private String brokenTenant(Asked asked) {
        String tenant = decoded(asked.header("X-Kd-Appdata"));
        if (!asked.header("X-Kd-Appkey").equals(appId)
                || !asked.header("X-Kd-Signature").equals(hmac(appSecret, appId + tenant))) {
            return "tenant-signature";
        }
        String[] parts = tenant.split(",", -1);
        boolean known = parts.length == 4 && parts[0].equals(ACCOUNT) && parts[1].equals(USER);
        return known ? "" : "user";
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return "";
        }
    }

    /// The base64 text of the exclusive or is itself the key.
    private String clientKey() {
        byte[] bytes = Base64.getDecoder().decode(appId.substring(appId.indexOf('_') + 1));
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] ^= (byte) CONSTANT.charAt(i);
        }
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String hmac(String key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] code = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
            byte[] hex = HexFormat.of().formatHex(code).getBytes(StandardCharsets.US_ASCII);
            return Base64.getEncoder().encodeToString(hex);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Logs in with the secret of the application: 200 in any case, the verdict is in the body.
    Told login(JsonNode body) {
        boolean good =
                body.path("acctID").asString("").equals(ACCOUNT)
                        && body.path("username").asString("").equals(USER)
                        && body.path("appId").asString("").equals(appId)
                        && body.path("appSecret").asString("").equals(appSecret);
        if (!good) {
            return Told.json("{\"Message\":\"用户名或密码错误\",\"LoginResultType\":0,\"Context\":null}")
                    .refusing("login");
        }
        String session = sessions.grant().orElse("");
        if (session.isEmpty()) {
            return Told.json("{\"Message\":\"登录过于频繁，请稍后再试\",\"LoginResultType\":0}")
                    .refusing("concurrent-grant");
        }
        return Told.json(
                        "{\"Message\":null,\"LoginResultType\":1,\"KDSVCSessionId\":\"%s\"}"
                                .formatted(session))
                .with("Set-Cookie", "kdservice-sessionid=" + session + "; path=/; HttpOnly");
    }
}
