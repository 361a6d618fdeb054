package dev.mortise.testkit.vendor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/// A vendor listening on loopback. Counts what it is asked and which of its rules were broken.
public final class Simulator implements AutoCloseable {
    private static final int BODY_MAX = 64 << 20;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Vendor vendor;
    private final Consumer<String> log;
    private final Map<String, Integer> broken = new TreeMap<>();
    private int calls;

    private Simulator(Vendor vendor, HttpServer server, Consumer<String> log) {
        this.vendor = vendor;
        this.server = server;
        this.log = log;
    }

    /// @param port 0 for any that is free
    /// @param log hears a line a call
    public static Simulator start(Vendor vendor, int port, Consumer<String> log) {
        try {
            InetSocketAddress place = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            Simulator simulator = new Simulator(vendor, HttpServer.create(place, 0), log);
            simulator.server.setExecutor(simulator.threads);
            simulator.server.createContext("/", simulator::answer);
            simulator.server.start();
            return simulator;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public Map<String, String> environment() {
        return vendor.environment(base());
    }

    public synchronized int calls() {
        return calls;
    }

    /// How often each rule was broken.
    public synchronized Map<String, Integer> broken() {
        return Map.copyOf(broken);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Asked asked = asked(exchange);
            Told told = vendor.answer(asked);
            note(asked, told);
            told.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] body = told.body();
            exchange.sendResponseHeaders(told.status(), body.length == 0 ? -1 : body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    private synchronized void note(Asked asked, Told told) {
        calls++;
        if (!told.rule().isEmpty()) {
            broken.merge(told.rule(), 1, Integer::sum);
        }
        String refused = told.rule().isEmpty() ? "" : "  refused: " + told.rule();
        log.accept("%s %s  %d%s".formatted(asked.method(), asked.path(), told.status(), refused));
    }

    private static Asked asked(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, all) -> headers.put(name.toLowerCase(Locale.ROOT), all.getFirst()));
        URI uri = exchange.getRequestURI();
        String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        byte[] body = exchange.getRequestBody().readNBytes(BODY_MAX);
        return new Asked(exchange.getRequestMethod(), uri.getRawPath(), query, headers, body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
