package dev.mortise.api.budget;

import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Counts on a board what was used and what is outstanding, and leases blocks of permits while
/// used, outstanding and leased together stay within every limit.
final class Ledger {
    /// How large a board has to be.
    static final int SIZE = Sheet.SIZE;

    /// Other processes give no sign when they are done; so soon we look again.
    static final long LOOK_MICROS = 5_000;

    /// How late a place may come for its turn.
    private static final long GRACE_MICROS = 10_000;

    /// More than any limit allows, and safe to add to.
    private static final long NO_LIMIT = Long.MAX_VALUE / 4;

    private final Board board;
    private final Sheet sheet;
    private final List<Limit> limits;

    Ledger(Board board, List<Limit> limits) {
        this.board = board;
        this.sheet = new Sheet(board, limits);
        this.limits = List.copyOf(limits);
    }

    List<Limit> limits() {
        return limits;
    }

    /// What became of permits leased before.
    ///
    /// @param done weight of calls that were made, and how many calls
    /// @param unused weight and calls given back
    record Report(long done, long doneCalls, long unused, long unusedCalls) {
        static final Report NOTHING = new Report(0, 0, 0, 0);
    }

    /// What is wanted.
    ///
    /// @param least weight of the call that is next; 0 when nothing is wanted
    /// @param weight of all that wait
    /// @param calls how many wait
    /// @param more calls that are likely to come soon
    record Wish(long least, long weight, long calls, long more) {
        static final Wish NOTHING = new Wish(0, 0, 0, 0);
    }

    /// What was leased, or why nothing was.
    ///
    /// @param next when to ask again, in microseconds since 1970
    record Lease(long weight, long calls, long next, Optional<Stop> stop) {}

    /// What still fits into every limit.
    private record Room(long weight, long calls) {
        boolean holds(long least) {
            return weight >= least && calls >= 1;
        }
    }

    /// Takes account of the report, then grants as much of the wish as fits.
    ///
    /// @param reporting asked in our turn, so that nothing is lost when there is none, and before
    ///     the clock: what is done counts from a time after it was done
    /// @param clock tells microseconds since 1970
    Lease visit(LongSupplier clock, Supplier<Report> reporting, Wish wish) {
        return board.alone(
                () -> {
                    Report report = reporting.get();
                    long micros = clock.getAsLong();
                    List<Row> rows = sheet.rows(micros);
                    if (!board.joined()) {
                        // The place we get may have been that of a dead process.
                        sheet.reclaim(rows);
                    }
                    settle(rows, report);
                    return wish.least() == 0
                            ? new Lease(0, 0, micros, Optional.empty())
                            : lease(micros, rows, wish);
                });
    }

    private void settle(List<Row> rows, Report report) {
        if (report.done() > 0) {
            rows.forEach(row -> row.add(report.done()));
        }
        VarHandle.fullFence();
        sheet.hold(-report.done() - report.unused(), -report.doneCalls() - report.unusedCalls());
    }

    private Lease lease(long micros, List<Row> rows, Wish wish) {
        Optional<Stop> silence = sheet.silence(micros);
        if (silence.isPresent()) {
            return new Lease(0, 0, silence.get().until(), silence);
        }
        Room room = room(rows);
        if (!room.holds(wish.least())) {
            sheet.reclaim(rows);
            room = room(rows);
        }
        if (!room.holds(wish.least())) {
            Lease full = full(micros, rows, wish.least());
            long from = full.stop().map(Stop::until).orElse(micros);
            sheet.claim(micros, from, full.next() + GRACE_MICROS);
            return full;
        }
        if (sheet.yields(micros)) {
            long soon = micros + LOOK_MICROS;
            sheet.claim(micros, micros, soon + GRACE_MICROS);
            return new Lease(0, 0, soon, Optional.empty());
        }
        sheet.unclaim();
        // What nobody waits for yet takes no more than a part of what is left for others.
        long average = Math.max(1, wish.weight() / Math.max(1, wish.calls()));
        long moreCalls = Math.clamp((room.calls - wish.calls()) / 4, 0, wish.more());
        long moreWeight = Math.clamp((room.weight - wish.weight()) / 4, 0, moreCalls * average);
        long weight = Math.min(room.weight, wish.weight() + moreWeight);
        long calls = Math.min(room.calls, wish.calls() + moreCalls);
        sheet.hold(weight, calls);
        return new Lease(weight, calls, micros, Optional.empty());
    }

    private Room room(List<Row> rows) {
        long outstanding = sheet.outstandingWeight();
        long weight = NO_LIMIT;
        for (Row row : rows) {
            weight = Math.min(weight, row.limit().max() - row.used() - outstanding);
        }
        long calls = NO_LIMIT;
        for (Limit limit : limits) {
            if (limit instanceof Limit.Concurrency(var max)) {
                calls = Math.min(calls, max - sheet.outstandingCalls());
            }
        }
        return new Room(weight, calls);
    }

    /// The limit that has room last says when to ask again.
    private Lease full(long micros, List<Row> rows, long least) {
        long soon = micros + LOOK_MICROS;
        long outstanding = sheet.outstandingWeight();
        Optional<Stop> last = Optional.empty();
        for (Row row : rows) {
            long missing = row.used() + outstanding + least - row.limit().max();
            long freed = missing > 0 ? row.freedAt(missing) : Long.MAX_VALUE;
            // What is outstanding may come back at any time; what is used, only then.
            if (freed != Long.MAX_VALUE) {
                Optional<Stop> stop = Optional.of(new Stop.Full(row.limit(), freed));
                last = last.filter(l -> l.until() >= freed).or(() -> stop);
            }
        }
        return new Lease(0, 0, last.map(Stop::until).orElse(soon), last);
    }

    /// Nobody gets a permit before the given time, here or in another process.
    void pauseUntil(long micros) {
        change(() -> sheet.pauseUntil(micros));
    }

    /// The same, because the vendor says that nothing is left of its quota.
    void quotaGoneUntil(long micros) {
        change(() -> sheet.quotaGoneUntil(micros));
    }

    private void change(Runnable work) {
        board.alone(
                () -> {
                    work.run();
                    return true;
                });
    }

    /// Whether calls are held back now; seen at once, without a turn.
    boolean silent(long micros) {
        return sheet.silence(micros).isPresent();
    }

    /// What of each windowed limit is used, outstanding permits counted.
    List<Usage> usage(long micros) {
        return board.alone(
                () -> {
                    long outstanding = sheet.outstandingWeight();
                    return sheet.rows(micros).stream()
                            .map(row -> Usage.of(row, outstanding, micros))
                            .toList();
                });
    }
}
