package dev.mortise.api.budget;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How the bytes of a board are laid out: a mark, paused until, quota gone until (each 8 bytes, in
/// microseconds since 1970); each place with its outstanding weight and calls and, while it
/// waits, since when, and from when until when it will come for its turn; then the rows.
/// Changed in one's turn only.
///
/// What is written first errs to the safe side: a process that dies between two writes leaves a
/// count too high, never too low.
final class Sheet {
    /// Windowed limits of one group.
    static final int ROWS = 16;

    /// The longest silence there is; one that lies further ahead is of a clock set back since.
    private static final long PAUSE_MAX_MICROS = Limit.micros(Budget.SILENCE_MAX);

    private static final long QUOTA_MAX_MICROS = Limit.micros(Budget.QUOTA_MAX);

    /// Changes with the layout.
    private static final long MARK = 0x4d425544_00000002L;
    private static final int PAUSED = 8;
    private static final int QUOTA = 16;
    private static final int PLACES_AT = 64;
    private static final int PLACE = 40;
    private static final int CALLS = 8;
    private static final int SINCE = 16;
    private static final int FROM = 24;
    private static final int UNTIL = 32;
    private static final int ROWS_AT = PLACES_AT + Board.PLACES * PLACE;
    static final int SIZE = ROWS_AT + ROWS * Row.SIZE;

    private static final VarHandle LONGS =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final Board board;
    private final ByteBuffer bytes;
    private final List<Limit.Windowed> limits;
    private final List<Long> keys;

    /// @param limits those we count
    Sheet(Board board, List<Limit> limits) {
        this.board = board;
        this.bytes = board.bytes();
        this.limits =
                limits.stream()
                        .filter(Limit.Windowed.class::isInstance)
                        .map(Limit.Windowed.class::cast)
                        .toList();
        this.keys = this.limits.stream().map(Row::key).toList();
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

    /// The rows of our limits, each brought up to now.
    List<Row> rows(long micros) {
        prepare();
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < limits.size(); i++) {
            Row row = row(limits.get(i), keys.get(i), micros);
            row.advance(micros);
            rows.add(row);
        }
        return rows;
    }

    /// A new limit gets a row that is free, or that of a limit which is none of ours any more.
    private Row row(Limit.Windowed limit, long key, long micros) {
        int other = -1;
        for (int i = 0; i < ROWS; i++) {
            int at = ROWS_AT + i * Row.SIZE;
            long found = Row.keyAt(bytes, at);
            if (found == key) {
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

    /// Notes that we wait, and that we come for our turn between two times.
    void claim(long now, long from, long until) {
        int at = placeAt(board.place());
        boolean lapsed = bytes.getLong(at + UNTIL) < now;
        if (lapsed || bytes.getLong(at + SINCE) == 0) {
            bytes.putLong(at + SINCE, now);
        }
        bytes.putLong(at + FROM, from);
        bytes.putLong(at + UNTIL, until);
    }

    /// We have got what we waited for.
    void unclaim() {
        int at = placeAt(board.place());
        bytes.putLong(at + SINCE, 0);
        bytes.putLong(at + UNTIL, 0);
    }

    /// Whether another place has waited for longer than we and is due. Without that, who ends a
    /// call would begin the next before anybody else could see that there is room.
    boolean yields(long now) {
        int ours = placeAt(board.place());
        boolean lapsed = bytes.getLong(ours + UNTIL) < now;
        long since = lapsed ? now : bytes.getLong(ours + SINCE);
        for (int place = 0; place < Board.PLACES; place++) {
            int at = placeAt(place);
            long theirs = bytes.getLong(at + SINCE);
            boolean due = bytes.getLong(at + FROM) <= now && now <= bytes.getLong(at + UNTIL);
            if (theirs != 0 && theirs < since && due) {
                return true;
            }
        }
        return false;
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
        raise(PAUSED, micros, PAUSE_MAX_MICROS);
    }

    void quotaGoneUntil(long micros) {
        raise(QUOTA, micros, QUOTA_MAX_MICROS);
    }

    private void raise(int at, long micros, long most) {
        prepare();
        long known = bytes.getLong(at);
        LONGS.setVolatile(bytes, at, known - micros > most ? micros : Math.max(known, micros));
    }

    /// What the vendor asked for, while it lasts; seen at once, without a turn.
    Optional<Stop> silence(long micros) {
        long quota = (long) LONGS.getVolatile(bytes, QUOTA);
        if (quota > micros && quota - micros <= QUOTA_MAX_MICROS) {
            return Optional.of(new Stop.QuotaGone(quota));
        }
        long paused = (long) LONGS.getVolatile(bytes, PAUSED);
        return paused > micros && paused - micros <= PAUSE_MAX_MICROS
                ? Optional.of(new Stop.Paused(paused))
                : Optional.empty();
    }
}
