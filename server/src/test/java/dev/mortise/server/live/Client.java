package dev.mortise.server.live;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Calls a server as a browser does: keeps cookies, echoes the CSRF token.
public final class Client {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final int HEAD_BYTES = 4_000;

    private final String url;
    private final CookieManager cookies = new CookieManager();
    private final HttpClient http = HttpClient.newBuilder().cookieHandler(cookies).build();
    private final Map<String, String> headers = new TreeMap<>();

    Client(String url) {
        this.url = url;
        get("/api/session");
    }

    /// A body that is sent as it is, JSON or not.
    public record Raw(String text) {}

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

    /// Makes the browser hold a cookie, as an attacker might.
    public Client plant(String name, String value) {
        HttpCookie cookie = new HttpCookie(name, value);
        cookie.setPath("/");
        cookie.setVersion(0);
        cookies.getCookieStore().add(URI.create(url), cookie);
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

    public Answer patch(String path, Object body, String ifMatch) {
        return call("PATCH", path, body, ifMatch);
    }

    public Answer delete(String path, @Nullable String ifMatch) {
        return call("DELETE", path, null, ifMatch);
    }

    public Answer call(
            String method, String path, @Nullable Object body, @Nullable String ifMatch) {
        return send(request(method, path, body, ifMatch), Integer.MAX_VALUE);
    }

    /// Saves a document that is new, and lets runs use it.
    ///
    /// @param project its path
    public void publish(String project, String kind, String name, String text) {
        String path = project + "/" + kind + "/" + name;
        for (Answer answer :
                List.of(
                        put(path, Map.of("text", text), null),
                        post(path + "/publish", Map.of("revision", 1)))) {
            if (answer.status() != 200) {
                throw new AssertionError(path + ": " + answer);
            }
        }
    }

    /// Reads no more than the beginning of the answer, for routes whose answer never ends.
    public Answer head(String method, String path, @Nullable Object body) {
        return send(request(method, path, body, null), HEAD_BYTES);
    }

    private HttpRequest request(
            String method, String path, @Nullable Object body, @Nullable String ifMatch) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofMinutes(2));
        headers.forEach(request::setHeader);
        String csrf = cookie("XSRF-TOKEN");
        if (csrf != null && !headers.containsKey("X-XSRF-TOKEN")) {
            request.setHeader("X-XSRF-TOKEN", csrf);
        }
        if (ifMatch != null) {
            request.setHeader("If-Match", ifMatch);
        }
        if (body != null && !headers.containsKey("Content-Type")) {
            request.setHeader("Content-Type", "application/json");
        }
        return request.method(
                        method,
                        body == null
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofString(
                                        body instanceof Raw(String text)
                                                ? text
                                                : JSON.writeValueAsString(body)))
                .build();
    }

    private Answer send(HttpRequest request, int bytesMax) {
        try {
            HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
            String type = response.headers().firstValue("Content-Type").orElse("");
            try (InputStream in = response.body()) {
                boolean isEndless = bytesMax == HEAD_BYTES && type.startsWith("text/event-stream");
                byte[] bytes = isEndless ? new byte[0] : in.readNBytes(bytesMax);
                String body = new String(bytes, StandardCharsets.UTF_8);
                return new Answer(response.statusCode(), body, response.headers());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Sends bytes as they are.
    public Answer upload(String path, String type, byte[] body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofMinutes(2));
        headers.forEach(request::setHeader);
        String csrf = cookie("XSRF-TOKEN");
        if (csrf != null) {
            request.setHeader("X-XSRF-TOKEN", csrf);
        }
        request.setHeader("Content-Type", type).POST(BodyPublishers.ofByteArray(body));
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

    /// What comes back, byte for byte.
    public byte[] download(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path)).build();
        try {
            return http.send(request, BodyHandlers.ofByteArray()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// The value of a cookie the server has set; null when there is none.
    public @Nullable String cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElse(null);
    }
}
