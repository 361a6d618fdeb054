package dev.mortise.server.channel;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Plays a vendor on loopback: what it is sent it checks as the vendor's documentation says.
final class PlayedVendor implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;

    /// The last thing it was sent.
    final AtomicReference<@Nullable Asked> last = new AtomicReference<>();

    record Asked(String path, Map<String, String> query, HttpExchange exchange, String body) {
        JsonNode json() {
            return JSON.readTree(body);
        }

        String header(String name) {
            return String.valueOf(exchange.getRequestHeaders().getFirst(name));
        }
    }

    record Said(int status, String body) {}

    interface Play {
        Said answer(Asked asked) throws Exception;
    }

    PlayedVendor(Play play) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    byte[] body = exchange.getRequestBody().readAllBytes();
                    Asked asked =
                            new Asked(
                                    exchange.getRequestURI().getPath(),
                                    query(exchange.getRequestURI().getRawQuery()),
                                    exchange,
                                    new String(body, StandardCharsets.UTF_8));
                    last.set(asked);
                    Said said;
                    try {
                        said = play.answer(asked);
                    } catch (Exception e) {
                        said = new Said(500, e.toString());
                    }
                    byte[] out = said.body().getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(said.status(), out.length == 0 ? -1 : out.length);
                    exchange.getResponseBody().write(out);
                    exchange.close();
                });
        server.start();
    }

    private static Map<String, String> query(@Nullable String raw) {
        Map<String, String> query = new TreeMap<>();
        for (String pair : raw == null ? new String[0] : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            query.put(
                    pair.substring(0, equals),
                    URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return query;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    Asked asked() {
        return java.util.Objects.requireNonNull(last.get());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
