package dev.mortise.api.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.api.budget.Ledger.Lease;
import dev.mortise.api.budget.Ledger.Report;
import dev.mortise.api.budget.Ledger.Wish;
import dev.mortise.api.budget.Referee.Arrival;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LedgerTest {
    private static final long START = Limit.micros(Instant.parse("2026-03-01T15:59:00Z"));
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final int CALLS = 100_000;

    private static Limit moving(long max, Duration window) {
        return new Limit.Moving(max, window);
    }

    private static Wish one() {
        return new Wish(1, 1, 1, 0);
    }

    private static Lease visit(Ledger ledger, long micros, Report report, Wish wish) {
        return ledger.visit(() -> micros, () -> report, wish);
    }

    private static Report done(long weight, long calls) {
        return new Report(weight, calls, 0, 0);
    }

    /// Many processes with leases of random size and calls of random length, of which some die;
    /// a strict vendor counts.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void neverPassesALimitInAHundredThousandCalls(long seed) {
        List<Limit> limits =
                List.of(
                        moving(40, Duration.ofSeconds(1)),
                        moving(900, Duration.ofMinutes(1)),
                        new Limit.Concurrency(25));
        Simulation simulation = new Simulation(seed, limits);
        simulation.run(CALLS / 4);
        String told = "seed " + seed;
        assertTrue(simulation.arrivals.size() >= CALLS / 4, told);
        assertTrue(Referee.most(simulation.arrivals, 1_000_000) <= 40, told);
        assertTrue(Referee.most(simulation.arrivals, 60_000_000) <= 900, told);
        assertTrue(simulation.atOnceMax <= 25, told);
        assertTrue(simulation.deaths > 10, told);
        long weight = simulation.arrivals.stream().mapToLong(Arrival::weight).sum();
        double minutes = (simulation.now - START) / 60e6;
        assertTrue(weight / minutes > 900 * 0.75, told + ": " + weight / minutes + " a minute");
    }

    /// Time goes from event to event; nothing waits.
    private static final class Simulation {
        private record Event(long at, Runnable what) {}

        private final Random random;
        private final List<Limit> limits;
        private final SharedBoard board = new SharedBoard();
        private final PriorityQueue<Event> events =
                new PriorityQueue<>((a, b) -> Long.compare(a.at, b.at));
        private final List<Arrival> arrivals = new ArrayList<>();
        private long now = START;
        private int deaths;
        private int atOnce;
        private int atOnceMax;

        Simulation(long seed, List<Limit> limits) {
            this.random = new Random(seed);
            this.limits = limits;
        }

        void run(int calls) {
            for (int i = 0; i < 5; i++) {
                new Caller().visit();
            }
            while (arrivals.size() < calls) {
                Event event = events.remove();
                now = Math.max(now, event.at);
                event.what.run();
            }
        }

        private void in(long micros, Runnable what) {
            events.add(new Event(now + micros, what));
        }

        /// A process that leases blocks and makes calls.
        private final class Caller {
            private final SharedBoard.Side side = board.join();
            private final Ledger ledger = new Ledger(side, limits);
            private Report report = Report.NOTHING;
            private boolean dead;
            private int active;

            void visit() {
                if (dead) {
                    return;
                }
                int calls = 1 + random.nextInt(8);
                int weight = 1 + random.nextInt(3);
                Wish wish = new Wish(weight, (long) calls * weight, calls, random.nextInt(20));
                Lease lease = LedgerTest.visit(ledger, now, report, wish);
                report = Report.NOTHING;
                use(lease, weight);
                long pause = lease.calls() == 0 ? Math.max(100, lease.next() - now) : 1_000;
                // However long the wait, what is done is told soon.
                in(Math.min(pause, 50_000) + random.nextInt(2_000), this::visit);
                if (random.nextInt(5_000) == 0) {
                    die();
                }
            }

            private void use(Lease lease, int weight) {
                long calls = lease.calls();
                long left = lease.weight();
                while (calls > 0 && left >= weight && random.nextInt(20) > 0) {
                    calls--;
                    left -= weight;
                    call(weight);
                }
                add(new Report(0, 0, left, calls));
            }

            private void call(int weight) {
                long there = random.nextInt(300_000);
                long back = random.nextInt(100_000);
                in(there, () -> arrive(weight, back));
            }

            private void arrive(int weight, long back) {
                if (dead) {
                    return;
                }
                arrivals.add(new Arrival(now, weight));
                atOnce++;
                active++;
                atOnceMax = Math.max(atOnceMax, atOnce);
                in(back, () -> answer(weight));
            }

            private void answer(int weight) {
                if (!dead) {
                    atOnce--;
                    active--;
                    add(done(weight, 1));
                }
            }

            private void add(Report more) {
                report =
                        new Report(
                                report.done() + more.done(),
                                report.doneCalls() + more.doneCalls(),
                                report.unused() + more.unused(),
                                report.unusedCalls() + more.unusedCalls());
            }

            private void die() {
                deaths++;
                dead = true;
                // Its connections close with it.
                atOnce -= active;
                side.die();
                new Caller().visit();
            }
        }
    }

    @Test
    void countsADeadProcessAsIfItHadCalled() {
        SharedBoard board = new SharedBoard();
        List<Limit> limits = List.of(moving(10, Duration.ofSeconds(1)), new Limit.Concurrency(10));
        SharedBoard.Side dying = board.join();
        Lease lease =
                visit(new Ledger(dying, limits), START, Report.NOTHING, new Wish(1, 10, 10, 0));
        assertEquals(10, lease.calls());
        Ledger other = new Ledger(board.join(), limits);
        assertEquals(0, visit(other, START, Report.NOTHING, one()).calls());
        dying.die();
        long later = START + 500_000;
        assertEquals(0, visit(other, later, Report.NOTHING, one()).calls());
        assertEquals(0, visit(other, later + 990_000, Report.NOTHING, one()).calls());
        assertEquals(1, visit(other, later + 1_010_000, Report.NOTHING, one()).calls());
    }

    @Test
    void givesWhoWaitsItsTurnBeforeWhoJustHadOne() {
        SharedBoard board = new SharedBoard();
        List<Limit> limits = List.of(new Limit.Concurrency(1));
        Ledger busy = new Ledger(board.join(), limits);
        Ledger other = new Ledger(board.join(), limits);
        assertEquals(1, visit(busy, START, Report.NOTHING, one()).calls());
        assertEquals(0, visit(other, START + 1_000, Report.NOTHING, one()).calls());
        assertEquals(0, visit(busy, START + 2_000, done(1, 1), one()).calls());
        assertEquals(1, visit(other, START + 6_000, Report.NOTHING, one()).calls());
        assertEquals(0, visit(busy, START + 7_000, Report.NOTHING, one()).calls());

        visit(other, START + 901_000, done(1, 1), Wish.NOTHING);
        assertEquals(1, visit(busy, START + 902_000, Report.NOTHING, one()).calls());
    }

    @Test
    void resetsADayAtMidnightOfTheVendor() {
        Ledger ledger =
                new Ledger(new MemoryBoard(Ledger.SIZE), List.of(new Limit.Daily(100, SHANGHAI)));
        visit(ledger, START, Report.NOTHING, new Wish(1, 100, 100, 0));
        Lease full = visit(ledger, START, done(100, 100), one());
        assertEquals(0, full.calls());
        assertEquals(Instant.parse("2026-03-01T16:00:00Z"), Limit.instant(full.next()));
        assertTrue(full.stop().orElseThrow().problem("g").message().contains("2026-03-02 00:00"));
        assertEquals(0, visit(ledger, full.next() - 1, Report.NOTHING, one()).calls());
        assertEquals(1, visit(ledger, full.next(), Report.NOTHING, one()).calls());
    }

    @Test
    void resetsAMonthOnItsFirstDay() {
        Limit.Monthly month = new Limit.Monthly(5, SHANGHAI);
        long february = Limit.micros(Instant.parse("2026-02-28T15:59:59Z"));
        long march = Limit.micros(Instant.parse("2026-02-28T16:00:00Z"));
        assertEquals(month.index(february) + 1, month.index(march));
        assertEquals(march, month.start(month.index(march)));
    }

    @Test
    void letsAFixedWindowBeginAnew() {
        Ledger ledger =
                new Ledger(
                        new MemoryBoard(Ledger.SIZE),
                        List.of(new Limit.Fixed(3, Duration.ofMinutes(1))));
        visit(ledger, START + 59_000_000, Report.NOTHING, new Wish(1, 3, 3, 0));
        assertEquals(0, visit(ledger, START + 59_500_000, done(3, 3), one()).calls());
        assertEquals(1, visit(ledger, START + 60_000_000, Report.NOTHING, one()).calls());
    }

    @Test
    void holdsEverybodyBackWhenTheVendorAsksForIt() {
        SharedBoard board = new SharedBoard();
        List<Limit> limits = List.of(moving(10, Duration.ofSeconds(1)));
        Ledger one = new Ledger(board.join(), limits);
        Ledger other = new Ledger(board.join(), limits);
        one.pauseUntil(START + 5_000_000);
        assertTrue(other.silent(START));
        assertEquals(START + 5_000_000, visit(other, START, Report.NOTHING, one()).next());
        assertFalse(other.silent(START + 5_000_000));
        assertEquals(1, visit(other, START + 5_000_000, Report.NOTHING, one()).calls());
        one.quotaGoneUntil(START + 9_000_000);
        Lease gone = visit(other, START + 6_000_000, Report.NOTHING, one());
        assertTrue(gone.stop().orElseThrow() instanceof Stop.QuotaGone);
    }

    @Test
    void staysSafeWhenTheClockIsSetBack() {
        Ledger ledger =
                new Ledger(
                        new MemoryBoard(Ledger.SIZE), List.of(moving(10, Duration.ofSeconds(1))));
        visit(ledger, START, Report.NOTHING, new Wish(1, 10, 10, 0));
        long back = START - 3_600_000_000L;
        assertEquals(0, visit(ledger, back, done(10, 10), one()).calls());
        assertEquals(0, visit(ledger, back + 900_000, Report.NOTHING, one()).calls());
        assertEquals(1, visit(ledger, back + 1_100_000, Report.NOTHING, one()).calls());
    }

    /// A pause that was set by a clock years ahead must not hold for years.
    @Test
    void believesNoSilenceOfAClockThatWasWrong() {
        Ledger ledger =
                new Ledger(
                        new MemoryBoard(Ledger.SIZE), List.of(moving(10, Duration.ofSeconds(1))));
        long years = Limit.micros(Duration.ofDays(3_650));
        ledger.pauseUntil(START + years);
        ledger.quotaGoneUntil(START + years);
        assertFalse(ledger.silent(START));
        ledger.pauseUntil(START + 1_000_000);
        assertTrue(ledger.silent(START));
        assertFalse(ledger.silent(START + 1_000_000));
    }

    /// What is done counts from the time it was done at the earliest, and is told only once.
    @Test
    void takesTheReportInItsTurnAndThenTheTime() {
        List<String> order = new ArrayList<>();
        Ledger ledger = new Ledger(new MemoryBoard(Ledger.SIZE), List.of(new Limit.Concurrency(1)));
        ledger.visit(
                () -> {
                    order.add("clock");
                    return START;
                },
                () -> {
                    order.add("report");
                    return Report.NOTHING;
                },
                Wish.NOTHING);
        assertEquals(List.of("report", "clock"), order);
    }

    @Test
    void foretellsWhenAQuotaRunsOut() {
        Ledger ledger =
                new Ledger(new MemoryBoard(Ledger.SIZE), List.of(new Limit.Daily(1_000, SHANGHAI)));
        long noon = Limit.micros(Instant.parse("2026-03-02T04:00:00Z"));
        visit(ledger, noon, Report.NOTHING, new Wish(1, 750, 750, 0));
        visit(ledger, noon, done(750, 750), Wish.NOTHING);
        Usage usage = ledger.usage(noon).getFirst();
        assertEquals(250, usage.left());
        // 750 in twelve hours leave 250 for four more.
        assertEquals(Instant.parse("2026-03-02T08:00:00Z"), usage.runsOutAt().orElseThrow());
        assertEquals(Instant.parse("2026-03-02T16:00:00Z"), usage.resetsAt().orElseThrow());
    }

    @Test
    void keepsTheCountOfALimitThatIsEdited() {
        MemoryBoard board = new MemoryBoard(Ledger.SIZE);
        Ledger before = new Ledger(board, List.of(new Limit.Daily(100, SHANGHAI)));
        visit(before, START, Report.NOTHING, new Wish(1, 100, 100, 0));
        visit(before, START, done(100, 100), Wish.NOTHING);
        Ledger after =
                new Ledger(
                        board,
                        List.of(moving(5, Duration.ofSeconds(1)), new Limit.Daily(101, SHANGHAI)));
        assertEquals(1, visit(after, START, Report.NOTHING, new Wish(1, 2, 2, 0)).weight());
    }
}
