package dev.mortise.api.budget;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Counts on a board what was used and what is outstanding, and leases blocks of permits while
/// used, outstanding and leased together stay within every limit.
///
/// What is written first errs to the safe side: a process that dies between two writes leaves a
/// count too high, never too low.
///
/// Board: mark (8 bytes), paused until, quota gone until (microseconds since 1970), free; then each
/// place with its outstanding weight and calls; then the rows.
final class Ledger {
    /// Windowed limits of one group.
    static final int ROWS = 16;
    private static final long MARK = 0x4d425544_00000001L;
    private static final int PAUSED = 8;
    private static final int QUOTA = 16;
    private static final int PLACES_AT = 64;
    private static final int PLACE = 16;
    private static final int ROWS_AT = PLACES_AT + Board.PLACES * PLACE;
    static final int SIZE = ROWS_AT + ROWS * Row.SIZE;

    /// Other processes give no sign when they are done; so soon we look again.
    static final long LOOK_MICROS = 10_000;

    private static final VarHandle LONGS =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final Board board;
    private final List<Limit> limits;

    Ledger(Board board, List<Limit> limits) {
        this.board = board;
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

    /// Takes account of the report, then grants as much of the wish as fits.
    Lease visit(long micros, Report report, Wish wish) {
        return board.alone(
                () -> {
                    List<Row> rows = rows(micros);
                    if (!board.joined()) {
                        // The place we get may have been that of a dead process.
                        reclaim(rows);
                    }
                    settle(rows, report);
                    return wish.least() == 0
                            ? new Lease(0, 0, micros, Optional.empty())
                            : lease(micros, rows, wish);
                });
    }

    private void settle(List<Row> rows, Report report) {
        int at = placeAt(board.place());
        if (report.done() > 0) {
            rows.forEach(row -> row.add(report.done()));
        }
        VarHandle.fullFence();
        ByteBuffer bytes = board.bytes();
        bytes.putLong(at, bytes.getLong(at) - report.done() - report.unused());
        bytes.putLong(at + 8, bytes.getLong(at + 8) - report.doneCalls() - report.unusedCalls());
    }

    private Lease lease(long micros, List<Row> rows, Wish wish) {
        Optional<Stop> silence = silence(micros);
        if (silence.isPresent()) {
            return new Lease(0, 0, silence.get().until(), silence);
        }
        Room room = room(rows);
        if (room.weight < wish.least() || room.calls < 1) {
            reclaim(rows);
            room = room(rows);
        }
        if (room.weight < wish.least() || room.calls < 1) {
            return full(micros, rows, wish.least());
        }
        // What nobody waits for yet takes no more than a part of what is left for others.
        long average = Math.max(1, wish.weight() / Math.max(1, wish.calls()));
        long moreCalls = Math.clamp((room.calls - wish.calls()) / 4, 0, wish.more());
        long moreWeight = Math.clamp((room.weight - wish.weight()) / 4, 0, moreCalls * average);
        long weight = Math.min(room.weight, wish.weight() + moreWeight);
        long calls = Math.min(room.calls, wish.calls() + moreCalls);
        int at = placeAt(board.place());
        ByteBuffer bytes = board.bytes();
        bytes.putLong(at, bytes.getLong(at) + weight);
        bytes.putLong(at + 8, bytes.getLong(at + 8) + calls);
        return new Lease(weight, calls, micros, Optional.empty());
    }

    /// What still fits into every limit.
    private record Room(long weight, long calls) {}

    private Room room(List<Row> rows) {
        long weight = Long.MAX_VALUE / 4;
        long outstanding = outstanding(0);
        for (Row row : rows) {
            weight = Math.min(weight, row.limit().max() - row.used() - outstanding);
        }
        long calls = Long.MAX_VALUE / 4;
        for (Limit limit : limits) {
            if (limit instanceof Limit.Concurrency(var max)) {
                calls = Math.min(calls, max - outstanding(8));
            }
        }
        return new Room(weight, calls);
    }

    private Lease full(long micros, List<Row> rows, long least) {
        long next = micros + LOOK_MICROS;
        Optional<Stop> stop = Optional.empty();
        long outstanding = outstanding(0);
        for (Row row : rows) {
            long missing = row.used() + outstanding + least - row.limit().max();
            if (missing > 0) {
                long freed = row.freedAt(missing);
                boolean known = freed != Long.MAX_VALUE;
                long then = known ? freed : micros + LOOK_MICROS;
                if (stop.isEmpty() || then > next) {
                    next = then;
                    stop = Optional.of(new Stop.Full(row.limit(), then));
                }
            }
        }
        return new Lease(0, 0, next, stop);
    }

    private Optional<Stop> silence(long micros) {
        long quota = board.bytes().getLong(QUOTA);
        if (quota > micros) {
            return Optional.of(new Stop.QuotaGone(quota));
        }
        long paused = board.bytes().getLong(PAUSED);
        return paused > micros ? Optional.of(new Stop.Paused(paused)) : Optional.empty();
    }

    /// What a dead process held may all have been used, at the latest now.
    private void reclaim(List<Row> rows) {
        ByteBuffer bytes = board.bytes();
        for (int place = 0; place < Board.PLACES; place++) {
            int at = placeAt(place);
            boolean holds = bytes.getLong(at) != 0 || bytes.getLong(at + 8) != 0;
            if (holds && board.abandoned(place)) {
                long weight = bytes.getLong(at);
                rows.forEach(row -> row.add(weight));
                VarHandle.fullFence();
                bytes.putLong(at, 0);
                bytes.putLong(at + 8, 0);
            }
        }
    }

    private long outstanding(int offset) {
        long sum = 0;
        for (int place = 0; place < Board.PLACES; place++) {
            sum += board.bytes().getLong(placeAt(place) + offset);
        }
        return sum;
    }

    private static int placeAt(int place) {
        return PLACES_AT + place * PLACE;
    }

    /// The rows of our limits, each brought up to now. A new limit gets a free row, or that of the
    /// limit that was not counted for the longest time.
    private List<Row> rows(long micros) {
        prepare();
        List<Row> rows = new ArrayList<>();
        for (Limit limit : limits) {
            if (limit instanceof Limit.Windowed windowed) {
                Row row = row(windowed, rows, micros);
                row.advance(micros);
                rows.add(row);
            }
        }
        return rows;
    }

    /// What another version left on the board is wiped.
    private void prepare() {
        ByteBuffer bytes = board.bytes();
        if (bytes.getLong(0) != MARK) {
            for (int i = 0; i < SIZE; i += 8) {
                bytes.putLong(i, 0);
            }
            bytes.putLong(0, MARK);
        }
    }

    private Row row(Limit.Windowed limit, List<Row> taken, long micros) {
        ByteBuffer bytes = board.bytes();
        long key = Row.key(limit);
        int free = -1;
        for (int i = 0; i < ROWS; i++) {
            int at = ROWS_AT + i * Row.SIZE;
            long found = Row.keyAt(bytes, at);
            if (found == key) {
                return new Row(bytes, at, limit);
            }
            boolean ours = taken.stream().anyMatch(row -> row.at() == at);
            free = free < 0 && found == 0 && !ours ? at : free;
        }
        Row fresh = new Row(bytes, free < 0 ? other(taken) : free, limit);
        fresh.begin(micros);
        return fresh;
    }

    /// A row that no limit of ours uses: there are fewer limits than rows.
    private int other(List<Row> taken) {
        List<Long> keys =
                limits.stream()
                        .filter(Limit.Windowed.class::isInstance)
                        .map(l -> Row.key((Limit.Windowed) l))
                        .toList();
        for (int i = 0; i < ROWS; i++) {
            int at = ROWS_AT + i * Row.SIZE;
            if (!keys.contains(Row.keyAt(board.bytes(), at))
                    && taken.stream().noneMatch(row -> row.at() == at)) {
                return at;
            }
        }
        throw new IllegalStateException("more limits than rows");
    }

    /// Nobody gets a permit before the given time, here or in another process.
    void pauseUntil(long micros) {
        raise(PAUSED, micros);
    }

    void quotaGoneUntil(long micros) {
        raise(QUOTA, micros);
    }

    private void raise(int at, long micros) {
        board.alone(
                () -> {
                    prepare();
                    long later = Math.max(board.bytes().getLong(at), micros);
                    LONGS.setVolatile(board.bytes(), at, later);
                    return later;
                });
    }

    /// Whether calls are held back now; seen at once, without a turn.
    boolean silent(long micros) {
        return (long) LONGS.getVolatile(board.bytes(), PAUSED) > micros
                || (long) LONGS.getVolatile(board.bytes(), QUOTA) > micros;
    }

    /// What of each windowed limit is used, outstanding permits counted.
    List<Usage> usage(long micros) {
        return board.alone(
                () -> {
                    long outstanding = outstanding(0);
                    return rows(micros).stream()
                            .map(row -> Usage.of(row, outstanding, micros))
                            .toList();
                });
    }
}
