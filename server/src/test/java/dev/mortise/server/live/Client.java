package dev.mortise.server.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Calls a server as a browser does: keeps cookies, echoes the CSRF token.
public final class Client {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String url;
    private final CookieManager cookies = new CookieManager();
    private final HttpClient http = HttpClient.newBuilder().cookieHandler(cookies).build();
    private final Map<String, String> headers = new TreeMap<>();

    Client(String url) {
        this.url = url;
        get("/api/session");
    }

    /// What came back.
    public record Answer(int status, String body, java.net.http.HttpHeaders headers) {
        public JsonNode json() {
            return JSON.readTree(body);
        }

        public String code() {
            return json().path("code").asString("");
        }

        /// As `If-Match` wants it; empty when none was sent.
        public String etag() {
            return headers.firstValue("ETag").orElse("");
        }

        @Override
        public String toString() {
            return status + " " + body;
        }
    }

    /// The same caller, sending a header with every call.
    public Client with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    public Answer get(String path) {
        return call("GET", path, null, null);
    }

    public Answer post(String path, Object body) {
        return call("POST", path, body, null);
    }

    public Answer put(String path, Object body, @Nullable String ifMatch) {
        return call("PUT", path, body, ifMatch);
    }

    public Answer patch(String path, Object body) {
        return call("PATCH", path, body, null);
    }

    public Answer delete(String path, @Nullable String ifMatch) {
        return call("DELETE", path, null, ifMatch);
    }

    public Answer call(
            String method, String path, @Nullable Object body, @Nullable String ifMatch) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofMinutes(2));
        headers.forEach(request::setHeader);
        String csrf = cookie("XSRF-TOKEN");
        if (csrf != null) {
            request.setHeader("X-XSRF-TOKEN", csrf);
        }
        if (ifMatch != null) {
            request.setHeader("If-Match", ifMatch);
        }
        if (body != null) {
            request.setHeader("Content-Type", "application/json");
        }
        request.method(
                method,
                body == null
                        ? BodyPublishers.noBody()
                        : BodyPublishers.ofString(JSON.writeValueAsString(body)));
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body(), response.headers());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private @Nullable String cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElse(null);
    }
}
