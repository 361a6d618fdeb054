package dev.mortise.api.calls;

import static java.nio.file.StandardOpenOption.APPEND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.api.calls.CallReport.Cluster;
import dev.mortise.api.calls.CallReport.Resource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CallBookTest {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    private final Path state;
    private Instant now = NOON;

    CallBookTest(@TempDir Path state) {
        this.state = state;
    }

    private static Called call(Instant at, String resource, String outcome, long millis) {
        boolean ok = outcome.equals(Called.OK);
        return new Called(
                at,
                resource,
                outcome,
                ok ? 200 : 429,
                ok ? "" : "90019",
                Duration.ofMillis(millis),
                100,
                ok ? "" : "GET /orders of " + at);
    }

    private CallReport report(Instant since) throws Exception {
        return CallReport.of(state, "bank", since);
    }

    @Test
    void tellsRatesAndLatenciesOfEachResource() throws Exception {
        try (CallBook book = CallBook.of(state, "bank", () -> now)) {
            for (int i = 1; i <= 100; i++) {
                book.add(call(NOON, "orders", i % 10 == 0 ? "throttled" : "ok", i));
            }
            book.add(call(NOON, "token", "ok", 5));
        }
        Resource orders = report(NOON).resources().getFirst();
        assertEquals("orders", orders.name());
        assertEquals(100, orders.calls());
        assertEquals(0.9, orders.successRate());
        assertEquals(10_000, orders.bytes());
        assertTrue(orders.p50() >= 50_000 && orders.p50() <= 56_250, orders.toString());
        assertTrue(orders.p95() >= 95_000 && orders.p95() <= 107_000, orders.toString());
        assertEquals("token", report(NOON).resources().getLast().name());
    }

    @Test
    void failuresAlikeAreOneClusterWithASample() throws Exception {
        try (CallBook book = CallBook.of(state, "bank", () -> now)) {
            book.add(call(NOON, "orders", "throttled", 1));
            book.add(call(NOON.plusSeconds(90), "orders", "throttled", 1));
            book.add(call(NOON, "items", "auth-denied", 1));
        }
        List<Cluster> errors = report(NOON).errors();
        assertEquals(2, errors.size());
        Cluster most = errors.getFirst();
        assertEquals(2, most.calls());
        assertEquals(NOON.plusSeconds(60), most.last());
        assertEquals("90019", most.code());
        assertEquals("GET /orders of " + NOON.plusSeconds(90), most.sample());
    }

    @Test
    void writesDownEveryFewSecondsAndBesideOthers() throws Exception {
        try (CallBook one = CallBook.of(state, "bank", () -> now);
                CallBook other = CallBook.of(state, "bank", () -> now)) {
            one.add(call(NOON, "orders", "ok", 1));
            assertEquals(List.of(), report(NOON).resources());
            now = NOON.plusSeconds(6);
            one.add(call(NOON, "orders", "ok", 1));
            other.add(call(NOON, "orders", "ok", 1));
        }
        assertEquals(3, report(NOON).resources().getFirst().calls());
    }

    @Test
    void halfALineAndWhatIsOlderAreLeftOut() throws Exception {
        try (CallBook book = CallBook.of(state, "bank", () -> now)) {
            book.add(call(NOON.minus(Duration.ofDays(2)), "orders", "ok", 1));
            book.add(call(NOON, "orders", "ok", 1));
        }
        Files.writeString(
                CallBook.folder(state, "bank").resolve("2026-11-25.jsonl"),
                "{\"minute\":\"2026-11",
                StandardOpenOption.APPEND);
        assertEquals(1, report(NOON).resources().getFirst().calls());
        assertEquals(2, report(Instant.EPOCH).resources().getFirst().calls());
    }

    @Test
    void daysAreForgottenAfterAMonth() throws Exception {
        try (CallBook book = CallBook.of(state, "bank", () -> now)) {
            book.add(call(NOON, "orders", "ok", 1));
        }
        now = NOON.plus(Duration.ofDays(33));
        try (CallBook book = CallBook.of(state, "bank", () -> now)) {
            book.add(call(now, "orders", "ok", 1));
        }
        assertEquals(1, report(Instant.EPOCH).resources().getFirst().calls());
    }

    @Test
    void aPercentileIsAtMostAnEighthTooHigh() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Latencies latencies = new Latencies();
        List<Long> all = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            long micros = (long) Math.exp(random.nextDouble() * 20);
            latencies.add(micros);
            all.add(micros);
        }
        all.sort(null);
        for (double share : new double[] {0.01, 0.5, 0.95, 0.99, 1}) {
            long exact = all.get((int) Math.ceil(share * all.size()) - 1);
            long told = latencies.percentile(share);
            String seen = "seed " + seed + ", " + share + ": " + exact + " told as " + told;
            assertTrue(told >= exact && told <= exact + exact / 8 + 1, seen);
        }
        assertEquals(10_000, Latencies.parse(latencies.text()).count());
    }

    @Test
    void readsOnOverWhatIsBroken() throws Exception {
        try (CallBook book = CallBook.of(state, "bank", () -> now)) {
            book.add(call(NOON, "orders", "ok", 1));
        }
        Path folder = CallBook.folder(state, "bank");
        Files.write(folder.resolve("2026-11-25.jsonl"), new byte[] {(byte) 0xE5, '\n'}, APPEND);
        Files.writeString(folder.resolve("2026-11-25.jsonl"), "{\"micros\":\"1\"}\n", APPEND);
        Files.writeString(folder.resolve("2026-19-99.jsonl"), "");
        try (CallBook book = CallBook.of(state, "bank", () -> now)) {
            book.add(call(NOON, "orders", "ok", 1));
        }
        assertEquals(2, report(NOON).resources().getFirst().calls());
    }

    @Test
    void countsEveryCallHoweverManyCodesThereAre() throws Exception {
        try (CallBook book = CallBook.of(state, "bank", () -> now)) {
            for (int i = 0; i < 3_000; i++) {
                book.add(
                        new Called(
                                NOON, "orders", "throttled", 200, "c" + i, Duration.ZERO, 0, ""));
            }
        }
        assertEquals(3_000, report(NOON).resources().getFirst().calls());
    }
}
