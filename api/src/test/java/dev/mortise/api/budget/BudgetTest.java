package dev.mortise.api.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.api.budget.Referee.Arrival;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BudgetTest {
    private static final InstantSource CLOCK = InstantSource.system();

    @TempDir private Path folder = Path.of("");

    private static Limits limits(Limit... limits) {
        return new Limits(
                List.of(new Limits.Group("g", false, List.of(limits))), Map.of(), Duration.ZERO);
    }

    /// What is given back is told within milliseconds, not at once.
    private static void awaitUsed(long used, Budget budget) {
        Instant end = soon();
        while (budget.usage().getFirst().used() != used) {
            assertTrue(Instant.now().isBefore(end), () -> "used: " + budget.usage());
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static Instant soon() {
        return Instant.now().plusSeconds(30);
    }

    @Test
    void keepsLimitsOverProcessesOfWhichOneIsKilled() throws Exception {
        List<Path> outs = List.of(folder.resolve("a"), folder.resolve("b"), folder.resolve("c"));
        List<Process> processes = new ArrayList<>();
        try {
            for (Path out : outs) {
                // The first runs on until it is killed.
                processes.add(start(out, processes.isEmpty() ? "PT60S" : "PT4S"));
            }
            Process killed = processes.getFirst();
            while (count(outs.getFirst()) < 40) {
                assertTrue(
                        !killed.waitFor(10, TimeUnit.MILLISECONDS),
                        () -> "it ended: " + complaint(outs.getFirst()));
            }
            killed.destroyForcibly();
            for (Process process : processes.subList(1, 3)) {
                assertTrue(process.waitFor(60, TimeUnit.SECONDS));
                assertEquals(0, process.exitValue());
            }
        } finally {
            processes.forEach(Process::destroyForcibly);
        }
        List<Arrival> arrivals = new ArrayList<>();
        for (Path out : outs) {
            ByteBuffer times = ByteBuffer.wrap(Files.readAllBytes(out));
            while (times.remaining() >= 8) {
                arrivals.add(new Arrival(times.getLong(), 1));
            }
        }
        assertTrue(Referee.most(arrivals, 250_000) <= 60, "60 per 250ms");
        assertTrue(Referee.most(arrivals, 1_000_000) <= 200, "200 per 1s");
        assertTrue(count(outs.get(1)) > 0, "the second process called");
        assertTrue(count(outs.get(2)) > 0, "the third process called");
    }

    private String complaint(Path out) {
        try {
            return Files.readString(folder.resolve(out.getFileName() + ".err"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static long count(Path out) throws IOException {
        return Files.exists(out) ? Files.size(out) / 8 : 0;
    }

    private Process start(Path out, String span) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BudgetProcess.class.getName(),
                        folder.toString(),
                        out.toString(),
                        "8",
                        span)
                .redirectError(folder.resolve(out.getFileName() + ".err").toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @Test
    void handsOutAHundredThousandPermitsToManyThreads() throws Exception {
        Budget budget =
                Budget.open(
                        "c",
                        limits(
                                new Limit.Moving(200_000, Duration.ofHours(1)),
                                new Limit.Concurrency(64)),
                        folder,
                        CLOCK);
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> callers = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                callers.add(threads.submit(() -> callOften(budget, atOnce, most)));
            }
            for (Future<?> caller : callers) {
                caller.get();
            }
        }
        assertTrue(most.get() <= 64, "at once: " + most);
        awaitUsed(100_000, budget);
    }

    private static void callOften(Budget budget, AtomicInteger atOnce, AtomicInteger most) {
        for (int n = 0; n < 1_000; n++) {
            Permit permit = budget.acquire(1, soon());
            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            atOnce.decrementAndGet();
            permit.close();
        }
    }

    @Test
    void saysAtOnceWhenADayIsUsedUpAndWhenItResets() {
        ZoneId zone = ZoneId.of("Asia/Shanghai");
        Budget budget = Budget.open("c", limits(new Limit.Daily(2, zone)), folder, CLOCK);
        budget.acquire(2, soon()).close();
        ProblemException e =
                assertThrows(
                        ProblemException.class,
                        () -> budget.acquire(1, Instant.now().plusMillis(50)));
        assertEquals(ProblemCode.THROTTLED, e.problem().code());
        assertTrue(e.problem().message().contains("resets at"), e::toString);
        assertTrue(e.problem().message().contains("00:00:00 Asia/Shanghai"), e::toString);
    }

    @Test
    void countsAgainWhatWasGivenBackUnused() {
        Budget budget =
                Budget.open("c", limits(new Limit.Moving(1, Duration.ofHours(1))), folder, CLOCK);
        for (int i = 0; i < 5; i++) {
            budget.acquire(1, soon()).unused();
        }
        Permit permit = budget.acquire(1, soon());
        permit.close();
        permit.close();
        awaitUsed(1, budget);
    }

    @Test
    void pausesEverybodyWhoSharesTheGroup() {
        Limits limits = limits(new Limit.Moving(1_000, Duration.ofSeconds(1)));
        Budget one = Budget.open("one", limits, folder, CLOCK);
        Budget other = Budget.open("other", limits, folder, CLOCK);
        other.acquire(1, soon()).close();
        one.throttled(Duration.ofHours(1));
        ProblemException e = assertThrows(ProblemException.class, () -> other.acquire(1, soon()));
        assertTrue(e.problem().message().contains("asked for no calls"), e::toString);
        one.quotaUsedUp(Instant.now().plus(Duration.ofHours(5)));
        e = assertThrows(ProblemException.class, () -> other.acquire(1, soon()));
        assertTrue(e.problem().message().contains("resets at"), e::toString);
    }

    @Test
    void holdsALimitForEachResourceAndOneForAll() {
        Limits limits =
                new Limits(
                        List.of(
                                new Limits.Group(
                                        "all",
                                        false,
                                        List.of(new Limit.Moving(10, Duration.ofHours(1)))),
                                new Limits.Group(
                                        "api",
                                        true,
                                        List.of(new Limit.Moving(4, Duration.ofHours(1))))),
                        Map.of("orders", 4),
                        Duration.ZERO);
        Budget budget = Budget.open("c", limits, folder, CLOCK);
        budget.acquire("orders", soon()).close();
        Instant now = Instant.now();
        assertThrows(ProblemException.class, () -> budget.acquire("orders", now));
        budget.acquire("items", soon()).close();
        // A call refused by the one is given back to the other.
        awaitUsed(5, budget);
    }

    @Test
    void refusesACallThatNeverFits() {
        Budget budget =
                Budget.alone("c", limits(new Limit.Moving(3, Duration.ofSeconds(1))), CLOCK);
        ProblemException e = assertThrows(ProblemException.class, () -> budget.acquire(4, soon()));
        assertEquals(ProblemCode.LIMIT_EXCEEDED, e.problem().code());
    }

    @Test
    void outlivesACallerThatIsCancelled() throws Exception {
        Budget budget = Budget.open("c", limits(new Limit.Concurrency(1)), folder, CLOCK);
        Permit held = budget.acquire(1, soon());
        AtomicReference<ProblemCode> told = new AtomicReference<>();
        Thread caller =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    try {
                                        budget.acquire(1, soon()).close();
                                    } catch (ProblemException e) {
                                        told.set(e.problem().code());
                                    }
                                });
        caller.interrupt();
        caller.join();
        assertEquals(ProblemCode.CANCELLED, told.get());
        held.close();
        budget.acquire(1, soon()).close();
    }

    @Test
    void letsACallerGoWhenItsDeadlineComes() {
        Budget budget = Budget.open("c", limits(new Limit.Concurrency(1)), folder, CLOCK);
        Permit held = budget.acquire(1, soon());
        Instant deadline = Instant.now().plusMillis(30);
        assertThrows(ProblemException.class, () -> budget.acquire(1, deadline));
        held.close();
        budget.acquire(1, soon()).close();
    }

    @Test
    void spreadsTheFullHour() {
        Instant hour = Instant.parse("2026-03-01T08:00:00Z");
        Duration width = Duration.ofMinutes(2);
        Duration erp = new Spread(width, "erp").wait(hour);
        Duration crm = new Spread(width, "crm").wait(hour);
        assertTrue(!erp.equals(crm) && erp.compareTo(width) < 0, erp + " and " + crm);
        assertEquals(Duration.ZERO, new Spread(width, "erp").wait(hour.plus(erp)));
        assertEquals(Duration.ZERO, new Spread(Duration.ZERO, "erp").wait(hour));
    }

    private static Limits groups(String... names) {
        return new Limits(
                Stream.of(names)
                        .map(n -> new Limits.Group(n, false, List.of(new Limit.Concurrency(1))))
                        .toList(),
                Map.of(),
                Duration.ZERO);
    }

    @Test
    void holdsTheStrictestOfThoseWhoShareAGroup() {
        Duration hour = Duration.ofHours(1);
        Budget wide = Budget.open("wide", limits(new Limit.Moving(9, hour)), folder, CLOCK);
        Limits few = limits(new Limit.Moving(2, hour), new Limit.Concurrency(5));
        Budget narrow = Budget.open("narrow", few, folder, CLOCK);
        Budget.open("wide", limits(new Limit.Moving(8, hour)), folder, CLOCK);
        wide.acquire(1, soon()).close();
        narrow.acquire(1, soon()).close();
        assertThrows(ProblemException.class, () -> wide.acquire(1, Instant.now()));
    }

    /// One holds the first and waits for the second, the other the other way round.
    @Test
    void takesSharedGroupsInOneOrder() throws Exception {
        Budget there = Budget.open("there", groups("x", "y"), folder, CLOCK);
        Budget back = Budget.open("back", groups("y", "x"), folder, CLOCK);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> callers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Budget budget = i % 2 == 0 ? there : back;
                callers.add(threads.submit(() -> acquires(budget, 50)));
            }
            for (Future<?> caller : callers) {
                caller.get();
            }
        }
    }

    private static void acquires(Budget budget, int times) {
        for (int n = 0; n < times; n++) {
            budget.acquire(1, soon()).close();
        }
    }

    @Test
    void countsOnceForTwoNamesOfOneFolder() throws IOException {
        Path real = Files.createDirectory(folder.resolve("real"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);
        Limits limits = limits(new Limit.Moving(2, Duration.ofHours(1)));
        Budget one = Budget.open("c", limits, real, CLOCK);
        Budget other = Budget.open("c", limits, link, CLOCK);
        one.acquire(1, soon()).close();
        other.acquire(1, soon()).close();
        assertThrows(ProblemException.class, () -> other.acquire(1, Instant.now()));
    }

    @Test
    void keepsLongNamesApart() {
        String name = "采购订单".repeat(20);
        Limit limit = new Limit.Moving(1, Duration.ofHours(1));
        Limits limits =
                new Limits(
                        List.of(
                                new Limits.Group(name, true, List.of(limit)),
                                new Limits.Group(name + "/" + name, false, List.of())),
                        Map.of(),
                        Duration.ZERO);
        Budget budget = Budget.open("c", limits, folder, CLOCK);
        budget.acquire(name + "1", soon()).close();
        budget.acquire(name + "2", soon()).close();
        assertThrows(ProblemException.class, () -> budget.acquire(name + "1", Instant.now()));
    }
}
