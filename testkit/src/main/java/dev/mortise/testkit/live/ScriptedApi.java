package dev.mortise.testkit.live;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A real HTTP server on loopback whose answers a test writes: it pages, throttles, refuses, lies
/// and hangs up on command, and remembers what it was asked.
public final class ScriptedApi implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Function<Request, Reply>> scripts = new LinkedHashMap<>();
    private final List<Request> requests = new ArrayList<>();

    /// What a client asked.
    ///
    /// @param query decoded; of a repeated name the last value
    /// @param headers names in lower case; of a repeated name the first value
    public record Request(
            String method,
            String path,
            Map<String, String> query,
            Map<String, String> headers,
            String body) {
        public String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }

        public int number(String name, int fallback) {
            return Integer.parseInt(query.getOrDefault(name, Integer.toString(fallback)));
        }
    }

    /// What the server does about it.
    ///
    /// @param sent how many bytes of the body are sent before the server hangs up; -1 for all
    @SuppressWarnings("ArrayRecordComponent")
    public record Reply(int status, Map<String, String> headers, byte[] body, int sent) {
        public static Reply json(String body) {
            return text(200, "application/json", body);
        }

        public static Reply status(int status, String body) {
            return text(status, "application/json", body);
        }

        public static Reply text(int status, String type, String body) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            return new Reply(status, Map.of("Content-Type", type), bytes, -1);
        }

        /// Hangs up instead of answering.
        public static Reply hangUp() {
            return new Reply(0, Map.of(), new byte[0], 0);
        }

        public Reply with(String name, String value) {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(name, value);
            return new Reply(status, more, body, sent);
        }

        /// Sends that much of the body and hangs up.
        public Reply brokenAfter(int bytes) {
            return new Reply(status, headers, body, bytes);
        }
    }

    private ScriptedApi(HttpServer server) {
        this.server = server;
    }

    public static ScriptedApi start() {
        try {
            InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            ScriptedApi api = new ScriptedApi(HttpServer.create(any, 0));
            api.server.setExecutor(api.threads);
            api.server.createContext("/", api::handle);
            api.server.start();
            return api;
        } catch (IOException e) {
            throw new UncheckedIOException("starting the scripted API", e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// Answers whatever path starts like this; the longest such path answers.
    public synchronized ScriptedApi on(String path, Function<Request, Reply> script) {
        scripts.put(path, script);
        return this;
    }

    /// Every request so far, in order of arrival.
    public synchronized List<Request> requests() {
        return List.copyOf(requests);
    }

    public List<Request> requests(String path) {
        return requests().stream().filter(request -> request.path().equals(path)).toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Request request = request(exchange);
            Function<Request, Reply> script = script(request);
            Reply reply =
                    script == null
                            ? Reply.status(404, "{\"error\":\"no such path\"}")
                            : script.apply(request);
            if (reply.status() > 0) {
                send(exchange, reply);
            }
        }
    }

    private synchronized @Nullable Function<Request, Reply> script(Request request) {
        requests.add(request);
        String best = "";
        for (String path : scripts.keySet()) {
            best = request.path().startsWith(path) && path.length() > best.length() ? path : best;
        }
        return scripts.get(best);
    }

    private static Request request(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        exchange.getRequestHeaders()
                .forEach(
                        (name, values) ->
                                headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var uri = exchange.getRequestURI();
        return new Request(
                exchange.getRequestMethod(),
                uri.getPath(),
                query(uri.getRawQuery()),
                headers,
                body);
    }

    private static Map<String, String> query(@Nullable String raw) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : raw == null ? new String[0] : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            query.put(
                    URLDecoder.decode(name, StandardCharsets.UTF_8),
                    URLDecoder.decode(value, StandardCharsets.UTF_8));
        }
        return query;
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        int length = reply.body().length;
        exchange.sendResponseHeaders(reply.status(), length == 0 ? -1 : length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(reply.body(), 0, reply.sent() < 0 ? length : reply.sent());
            out.flush();
        } catch (IOException e) {
            // Closing a body that is not whole yet is how this server hangs up.
            assert reply.sent() >= 0 || e.getMessage() != null : "a client may hang up too";
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
