package dev.mortise.server.connection;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;

/// A small real OAuth 2 server with an API behind it: registered addresses only, PKCE with S256,
/// codes that are good once, refresh tokens that are good once, and all of a person's tokens gone
/// when one is used twice.
final class ConsentServer implements AutoCloseable {
    static final String CLIENT = "mortise";
    static final String SECRET = "s3cret-of-the-client";

    private final HttpServer http;
    private final String back;
    private final Map<String, Map<String, String>> codes = new HashMap<>();
    private String access = "";
    private String refresh = "";
    private int made;
    private int refreshes;

    /// @param back the one address people are sent back to
    ConsentServer(String back) throws IOException {
        this.back = back;
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/authorize", this::authorize);
        http.createContext("/token", this::token);
        http.createContext("/orders", this::orders);
        http.start();
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    /// How often a refresh token was traded.
    synchronized int refreshes() {
        return refreshes;
    }

    /// The access token ends before its time; the refresh token holds.
    synchronized void endAccess() {
        access = "";
    }

    /// The person takes back what they consented to.
    synchronized void revoke() {
        access = "";
        refresh = "";
    }

    /// What must never show.
    synchronized String[] secrets() {
        return new String[] {access, refresh, SECRET};
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> query = form(exchange.getRequestURI().getRawQuery());
        boolean right =
                "code".equals(query.get("response_type"))
                        && CLIENT.equals(query.get("client_id"))
                        && back.equals(query.get("redirect_uri"))
                        && "S256".equals(query.get("code_challenge_method"))
                        && "orders offline".equals(query.get("scope"))
                        && "consent".equals(query.get("prompt"));
        if (!right) {
            answer(exchange, 400, "{\"error\":\"invalid_request\"}");
            return;
        }
        String code = "code-" + number();
        synchronized (this) {
            codes.put(code, query);
        }
        exchange.getResponseHeaders()
                .set("Location", back + "?code=" + code + "&state=" + query.get("state"));
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private synchronized int number() {
        return ++made;
    }

    private void token(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String pair =
                Base64.getEncoder()
                        .encodeToString((CLIENT + ":" + SECRET).getBytes(StandardCharsets.UTF_8));
        String shown = exchange.getRequestHeaders().getFirst("Authorization");
        if (!("Basic " + pair).equals(shown)) {
            answer(exchange, 401, "{\"error\":\"invalid_client\"}");
            return;
        }
        Map<String, String> form = form(body);
        String given =
                switch (form.getOrDefault("grant_type", "")) {
                    case "authorization_code" -> traded(form);
                    case "refresh_token" -> refreshed(form);
                    default -> "";
                };
        answer(exchange, given.isEmpty() ? 400 : 200, given.isEmpty() ? INVALID : given);
    }

    private static final String INVALID = "{\"error\":\"invalid_grant\"}";

    private synchronized String traded(Map<String, String> form) {
        Map<String, String> asked = codes.remove(form.get("code"));
        boolean right =
                asked != null
                        && back.equals(form.get("redirect_uri"))
                        && challenge(form.getOrDefault("code_verifier", ""))
                                .equals(asked.get("code_challenge"));
        return right ? fresh() : "";
    }

    private synchronized String refreshed(Map<String, String> form) {
        refreshes++;
        if (refresh.isEmpty() || !refresh.equals(form.get("refresh_token"))) {
            access = "";
            refresh = "";
            return "";
        }
        return fresh();
    }

    private String fresh() {
        access = "access-token-" + number();
        refresh = "refresh-token-" + number();
        return "{\"access_token\":\"%s\",\"refresh_token\":\"%s\",\"expires_in\":3600}"
                .formatted(access, refresh);
    }

    private void orders(HttpExchange exchange) throws IOException {
        String shown = exchange.getRequestHeaders().getFirst("Authorization");
        boolean let;
        synchronized (this) {
            let = !access.isEmpty() && ("Bearer " + access).equals(shown);
        }
        answer(exchange, let ? 200 : 401, let ? "[{\"id\":1},{\"id\":2}]" : "{}");
    }

    private static String challenge(String verifier) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(verifier.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static Map<String, String> form(String text) {
        Map<String, String> form = new HashMap<>();
        for (String pair : text.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            form.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return form;
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
