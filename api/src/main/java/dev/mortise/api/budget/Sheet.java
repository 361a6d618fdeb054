package dev.mortise.api.budget;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How the bytes of a board are laid out: a mark, paused until, quota gone until (each 8 bytes, in
/// microseconds since 1970); each place with its outstanding weight and calls; then the rows.
/// Changed in one's turn only.
///
/// What is written first errs to the safe side: a process that dies between two writes leaves a
/// count too high, never too low.
final class Sheet {
    /// Windowed limits of one group.
    static final int ROWS = 16;

    /// Changes with the layout.
    private static final long MARK = 0x4d425544_00000001L;
    private static final int PAUSED = 8;
    private static final int QUOTA = 16;
    private static final int PLACES_AT = 64;
    private static final int PLACE = 16;
    private static final int CALLS = 8;
    private static final int ROWS_AT = PLACES_AT + Board.PLACES * PLACE;
    static final int SIZE = ROWS_AT + ROWS * Row.SIZE;

    private static final VarHandle LONGS =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final Board board;
    private final ByteBuffer bytes;

    Sheet(Board board) {
        this.board = board;
        this.bytes = board.bytes();
    }

    /// Wipes what another layout left.
    private void prepare() {
        if (bytes.getLong(0) != MARK) {
            for (int i = 0; i < SIZE; i += 8) {
                bytes.putLong(i, 0);
            }
            bytes.putLong(0, MARK);
        }
    }

    /// The rows of these limits, each brought up to now.
    List<Row> rows(List<Limit> limits, long micros) {
        prepare();
        List<Limit.Windowed> windowed =
                limits.stream()
                        .filter(Limit.Windowed.class::isInstance)
                        .map(Limit.Windowed.class::cast)
                        .toList();
        List<Long> keys = windowed.stream().map(Row::key).toList();
        List<Row> rows = new ArrayList<>();
        for (Limit.Windowed limit : windowed) {
            Row row = row(limit, keys, micros);
            row.advance(micros);
            rows.add(row);
        }
        return rows;
    }

    /// A new limit gets a row that is free, or that of a limit which is none of ours any more.
    private Row row(Limit.Windowed limit, List<Long> keys, long micros) {
        int other = -1;
        for (int i = 0; i < ROWS; i++) {
            int at = ROWS_AT + i * Row.SIZE;
            long found = Row.keyAt(bytes, at);
            if (found == Row.key(limit)) {
                return new Row(bytes, at, limit);
            }
            boolean better = other < 0 || (found == 0 && Row.keyAt(bytes, other) != 0);
            other = !keys.contains(found) && better ? at : other;
        }
        if (other < 0) {
            throw new IllegalStateException("more limits than rows");
        }
        Row fresh = new Row(bytes, other, limit);
        fresh.begin(micros);
        return fresh;
    }

    /// Adds to what our place has outstanding; takes from it what is below zero.
    void hold(long weight, long calls) {
        int at = placeAt(board.place());
        bytes.putLong(at, bytes.getLong(at) + weight);
        bytes.putLong(at + CALLS, bytes.getLong(at + CALLS) + calls);
    }

    long outstandingWeight() {
        return sum(0);
    }

    long outstandingCalls() {
        return sum(CALLS);
    }

    private long sum(int offset) {
        long sum = 0;
        for (int place = 0; place < Board.PLACES; place++) {
            sum += bytes.getLong(placeAt(place) + offset);
        }
        return sum;
    }

    private static int placeAt(int place) {
        return PLACES_AT + place * PLACE;
    }

    /// What a dead process held may all have been used, at the latest now.
    void reclaim(List<Row> rows) {
        for (int place = 0; place < Board.PLACES; place++) {
            int at = placeAt(place);
            boolean holds = bytes.getLong(at) != 0 || bytes.getLong(at + CALLS) != 0;
            if (holds && board.abandoned(place)) {
                long weight = bytes.getLong(at);
                rows.forEach(row -> row.add(weight));
                VarHandle.fullFence();
                bytes.putLong(at, 0);
                bytes.putLong(at + CALLS, 0);
            }
        }
    }

    void pauseUntil(long micros) {
        raise(PAUSED, micros);
    }

    void quotaGoneUntil(long micros) {
        raise(QUOTA, micros);
    }

    private void raise(int at, long micros) {
        prepare();
        LONGS.setVolatile(bytes, at, Math.max(bytes.getLong(at), micros));
    }

    /// What the vendor asked for, while it lasts; seen at once, without a turn.
    Optional<Stop> silence(long micros) {
        long quota = (long) LONGS.getVolatile(bytes, QUOTA);
        if (quota > micros) {
            return Optional.of(new Stop.QuotaGone(quota));
        }
        long paused = (long) LONGS.getVolatile(bytes, PAUSED);
        return paused > micros ? Optional.of(new Stop.Paused(paused)) : Optional.empty();
    }
}
