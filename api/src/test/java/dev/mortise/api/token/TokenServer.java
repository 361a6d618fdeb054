package dev.mortise.api.token;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A token endpoint on loopback that counts its grants. Its refresh tokens are good for one use.
final class TokenServer implements AutoCloseable {
    private static final Pattern REFRESH = Pattern.compile("refresh_token=(r\\d+)");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final boolean sameAnswerAgain;
    private final Map<String, String> answered = new ConcurrentHashMap<>();
    final AtomicInteger grants = new AtomicInteger();
    final AtomicInteger atOnce = new AtomicInteger();
    final AtomicInteger atOnceMax = new AtomicInteger();

    /// @param sameAnswerAgain whether a used refresh token gets the answer of its first use again;
    ///     otherwise it is refused
    TokenServer(boolean sameAnswerAgain) throws IOException {
        this.sameAnswerAgain = sameAnswerAgain;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/token", this::answer);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/token");
    }

    private void answer(HttpExchange exchange) throws IOException {
        int now = atOnce.incrementAndGet();
        atOnceMax.accumulateAndGet(now, Math::max);
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Matcher refresh = REFRESH.matcher(form);
        Optional<String> body = refresh.find() ? refreshed(refresh.group(1)) : Optional.of(fresh());
        byte[] bytes =
                body.orElse("{\"error\":\"invalid_grant\"}").getBytes(StandardCharsets.UTF_8);
        atOnce.decrementAndGet();
        exchange.sendResponseHeaders(body.isPresent() ? 200 : 400, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Optional<String> refreshed(String token) {
        String before = answered.get(token);
        if (before != null) {
            return sameAnswerAgain ? Optional.of(before) : Optional.empty();
        }
        String body = fresh();
        answered.put(token, body);
        return Optional.of(body);
    }

    private String fresh() {
        int n = grants.incrementAndGet();
        return """
            {"access_token": "t%d", "token_type": "bearer", "expires_in": 7200,
             "refresh_token": "r%d"}"""
                .formatted(n, n);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
