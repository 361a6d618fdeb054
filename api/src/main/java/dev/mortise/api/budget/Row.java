package dev.mortise.api.budget;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// The counts of one windowed limit on the board: a key that names the limit, the newest part of
/// time, and the weight used in each part that counts. Changed in one's turn only.
///
/// @param at where the row begins
record Row(ByteBuffer bytes, int at, Limit.Windowed limit) {
    private static final int HEAD = 8;
    private static final int COUNTS = 16;
    /// How long a row is: key, newest part, and as many counts as a moving window has.
    static final int SIZE = COUNTS + 8 * (Limit.Moving.PARTS + 1);

    /// Names what is counted, not how much of it is allowed, so that an edited limit keeps its
    /// count. Never 0, which marks a row that is free.
    static long key(Limit.Windowed limit) {
        String text =
                switch (limit) {
                    case Limit.Moving m -> "moving " + m.window();
                    case Limit.Fixed f -> "fixed " + f.window();
                    case Limit.Daily d -> "day " + d.zone();
                    case Limit.Monthly m -> "month " + m.zone();
                };
        // FNV-1a, 64 bits.
        long hash = 0xcbf29ce484222325L;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        return hash == 0 ? 1 : hash;
    }

    static long keyAt(ByteBuffer bytes, int at) {
        return bytes.getLong(at);
    }

    /// The newest part.
    long head() {
        return bytes.getLong(at + HEAD);
    }

    void begin(long micros) {
        for (int i = 0; i < limit.kept(); i++) {
            bytes.putLong(at + COUNTS + 8 * i, 0);
        }
        bytes.putLong(at + HEAD, limit.index(micros));
        bytes.putLong(at, key(limit));
    }

    /// Lets go of the parts that count no more.
    void advance(long micros) {
        long head = head();
        long index = limit.index(micros);
        if (index < head - limit.kept()) {
            // The clock was set back by more than a window: all of it counts as used just now.
            rebase(index);
            return;
        }
        for (long part = Math.max(head + 1, index - limit.kept() + 1); part <= index; part++) {
            put(part, 0);
        }
        if (index > head) {
            bytes.putLong(at + HEAD, index);
        }
    }

    private void rebase(long index) {
        if (limit.quota()) {
            return;
        }
        long used = used();
        for (int i = 0; i < limit.kept(); i++) {
            bytes.putLong(at + COUNTS + 8 * i, 0);
        }
        bytes.putLong(at + HEAD, index);
        put(index, used);
    }

    long used() {
        long sum = 0;
        for (int i = 0; i < limit.kept(); i++) {
            sum += bytes.getLong(at + COUNTS + 8 * i);
        }
        return sum;
    }

    /// Counts weight as used in the newest part.
    void add(long weight) {
        put(head(), count(head()) + weight);
    }

    /// When so much of what counts now will count no more; `Long.MAX_VALUE` when there is not so
    /// much.
    long freedAt(long weight) {
        long sum = 0;
        for (long part = head() - limit.kept() + 1; part <= head(); part++) {
            sum += count(part);
            if (sum >= weight) {
                return limit.start(part + limit.kept());
            }
        }
        return Long.MAX_VALUE;
    }

    private long count(long part) {
        return bytes.getLong(offset(part));
    }

    private void put(long part, long count) {
        bytes.putLong(offset(part), count);
    }

    private int offset(long part) {
        return at + COUNTS + 8 * Math.floorMod(part, limit.kept());
    }
}
