package dev.mortise.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// The demo's bank: account transactions by pages of JSON behind a bearer token. Every 40th request
/// is told to come back a second later, as real ones are.
final class BankApi implements AutoCloseable {
    static final int ROWS = 20_000;
    private static final int SIZE_MAX = 500;

    private final HttpServer server;
    private final String token;
    private final AtomicInteger requests = new AtomicInteger();

    BankApi(String token) {
        this.token = token;
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/transactions", this::transactions);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void transactions(HttpExchange exchange) throws IOException {
        try (exchange) {
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            if (!("Bearer " + token).equals(authorization)) {
                answer(exchange, 401, "{\"code\":401,\"message\":\"token refused\"}");
                return;
            }
            if (requests.incrementAndGet() % 40 == 0) {
                exchange.getResponseHeaders().add("Retry-After", "1");
                answer(exchange, 429, "{\"code\":429,\"message\":\"slow down\"}");
                return;
            }
            answer(exchange, 200, page(params(exchange)));
        }
    }

    private static Map<String, String> params(HttpExchange exchange) {
        Map<String, String> params = new HashMap<>();
        String query = exchange.getRequestURI().getQuery();
        for (String pair : query == null ? new String[0] : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                params.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return params;
    }

    private static String page(Map<String, String> params) {
        int size = Math.min(SIZE_MAX, Integer.parseInt(params.getOrDefault("size", "100")));
        int page = Integer.parseInt(params.getOrDefault("page", "1"));
        int start = (page - 1) * size;
        StringBuilder json = new StringBuilder("{\"code\":0,\"data\":{\"items\":[");
        for (int i = start; i < Math.min(start + size, ROWS); i++) {
            json.append(i == start ? "" : ",").append(transaction(i));
        }
        return json.append("],\"total\":").append(ROWS).append("}}").toString();
    }

    private static String transaction(int i) {
        return ("{\"txn_id\":\"T%010d\",\"account_no\":\"6222%012d\","
                        + "\"booked_at\":\"2024-%02d-%02dT%02d:%02d:00+08:00\","
                        + "\"amount\":\"%d.%02d\","
                        + "\"currency\":\"CNY\",\"counterparty\":\"%s\",\"memo\":\"货款 %d\"}")
                .formatted(
                        i,
                        i % 12,
                        1 + i % 12,
                        1 + i % 28,
                        i % 24,
                        i % 60,
                        (i * 37L) % 1_000_000,
                        i % 100,
                        i % 2 == 0 ? "华东机械有限公司" : "江南电子集团",
                        i);
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json; charset=utf-8");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
