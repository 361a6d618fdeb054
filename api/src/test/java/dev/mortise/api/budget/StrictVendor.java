package dev.mortise.api.budget;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mortise.api.budget.Referee.Arrival;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// A vendor on loopback that notes when each call came, by its own clock, and how many were being
/// answered at once. The weight of a call is the query.
final class StrictVendor implements AutoCloseable {
    /// How long a call takes, so that many are there at once.
    private static final Duration WORK = Duration.ofMillis(20);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Arrival> arrivals = new ArrayList<>();
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger atOnceMax = new AtomicInteger();

    StrictVendor() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    private void answer(HttpExchange exchange) throws IOException {
        long weight = Long.parseLong(exchange.getRequestURI().getQuery());
        atOnceMax.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        synchronized (arrivals) {
            arrivals.add(new Arrival(System.nanoTime() / 1_000, weight));
        }
        LockSupport.parkNanos(WORK.toNanos());
        atOnce.decrementAndGet();
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    List<Arrival> arrivals() {
        synchronized (arrivals) {
            return List.copyOf(arrivals);
        }
    }

    int atOnceMax() {
        return atOnceMax.get();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
