package dev.mortise.connectors.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.connect.RejectedRow;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.connect.Snapshot;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Pages larger than anybody wants to hold.
final class StreamTest {
    private static final long RECORDS = 200_000;
    private static final int LIMIT = 65_536;

    private final HttpServer server;

    /// After so many records the server does something else.
    private long upTo = RECORDS;

    private boolean stalls;
    private final CountDownLatch stalled = new CountDownLatch(1);

    StreamTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/orders", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        // A length that is not kept is how a client notices that a body broke off.
        exchange.sendResponseHeaders(200, upTo < RECORDS ? 1L << 30 : 0);
        try (OutputStream out = new BufferedOutputStream(exchange.getResponseBody())) {
            out.write("{\"items\":[".getBytes(StandardCharsets.UTF_8));
            for (long i = 1; i <= upTo; i++) {
                String record =
                        "%s{\"id\":%d,\"name\":\"榫接 %d\",\"tags\":[\"a\", %d]}"
                                .formatted(i == 1 ? "" : ",", i, i, i);
                out.write(record.getBytes(StandardCharsets.UTF_8));
            }
            out.flush();
            if (stalls) {
                stalled.countDown();
                LockSupport.parkNanos(Duration.ofSeconds(30).toNanos());
            }
            if (upTo < RECORDS) {
                throw new IOException("the vendor's server breaks off");
            }
            out.write("]}".getBytes(StandardCharsets.UTF_8));
        } finally {
            exchange.close();
        }
    }

    private Fixture fixture(boolean streams) {
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        return new Fixture(url)
                .set("body_bytes_max", LIMIT)
                .orders(
                        Map.of(
                                "path",
                                "/orders",
                                "records",
                                "$.items",
                                "stream",
                                Boolean.toString(streams),
                                "columns",
                                Map.of("id", "int64", "name", "text", "tags", "json")));
    }

    /// @return the sum of all ids
    private static long read(Fixture fixture) {
        try (HttpConnector http = fixture.open();
                Snapshot snapshot = http.snapshot(http.describe("orders"), Scan.ALL);
                Source source = snapshot.source(snapshot.ranges(1).getFirst(), StreamTest::never)) {
            long sum = 0;
            for (Batch batch = source.next(); batch != null; batch = source.next()) {
                sum += sum(batch);
            }
            return sum;
        }
    }

    private static void never(RejectedRow row) {
        throw new AssertionError(row.toString());
    }

    private static long sum(Batch batch) {
        long sum = 0;
        for (int row = 0; row < batch.rows(); row++) {
            String id = text(batch, "id", row);
            sum += Long.parseLong(id);
            assertEquals("榫接 " + id, text(batch, "name", row));
            assertEquals("[\"a\", " + id + "]", text(batch, "tags", row));
        }
        return sum;
    }

    private static String text(Batch batch, String name, int row) {
        int column = batch.schema().indexOf(name);
        return Cell.text(batch.field(column).type(), batch.column(column), row);
    }

    @Test
    void readsAPageWhileItComes() {
        assertEquals(RECORDS * (RECORDS + 1) / 2, read(fixture(true)));
    }

    @Test
    void aPageThatIsNotStreamedHasALimit() {
        assertEquals(ProblemCode.LIMIT_EXCEEDED, problem(fixture(false)).code());
    }

    private static Problem problem(Fixture fixture) {
        return assertThrows(ProblemException.class, () -> read(fixture)).problem();
    }

    @Test
    void aBodyThatBreaksOffIsALostConnection() {
        upTo = 10_000;
        Problem problem = problem(fixture(true));
        assertEquals(ProblemCode.CONNECTION_LOST, problem.code(), problem::message);
    }

    @Test
    void aBodyThatStallsIsALostConnection() {
        upTo = 10;
        stalls = true;
        Problem problem = problem(fixture(true).set("timeout", "1s"));
        assertEquals(ProblemCode.CONNECTION_LOST, problem.code(), problem::message);
        assertTrue(problem.fix().contains("goes on"), problem::fix);
    }

    @Test
    void endsWhenItIsCancelledWithinABody() throws InterruptedException {
        upTo = 5_000;
        stalls = true;
        List<ProblemCode> told = new CopyOnWriteArrayList<>();
        Thread reader = Thread.ofVirtual().start(() -> told.add(problem(fixture(true)).code()));
        stalled.await();
        reader.interrupt();
        reader.join();
        assertEquals(List.of(ProblemCode.CANCELLED), told);
    }
}
