package dev.mortise.spi.digest;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// A hash of 64 bits for each row of a batch, grown from the row's values by the steps of xxHash.
/// For a given state a step is a bijection of the value, so that rows which differ in one number
/// never meet in one hash.
final class Mixer {
    private static final VarHandle EIGHT =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long SEED = 0x27d4eb2f165667c5L;
    private static final long STEP_ONE = 0xc2b2ae3d27d4eb4fL;
    private static final long STEP_TWO = 0x9e3779b185ebca87L;
    private static final long LAST_ONE = 0xff51afd7ed558ccdL;
    private static final long LAST_TWO = 0xc4ceb9fe1a85ec53L;

    /// Columns whose marks fit into one number.
    static final int MARKED = 32;

    private long[] states = {};
    private long[] marks = {};
    private int rows;

    void begin(int count) {
        rows = count;
        if (states.length < count) {
            states = new long[count];
            marks = new long[count];
        }
        Arrays.fill(states, 0, count, SEED);
        Arrays.fill(marks, 0, count, 0);
    }

    static long step(long state, long value) {
        return Long.rotateLeft(state + value * STEP_ONE, 31) * STEP_TWO;
    }

    void mix(int row, long value) {
        states[row] = step(states[row], value);
    }

    void mix(int row, byte[] bytes, int start, int length) {
        states[row] = step(states[row], bytes, start, length);
    }

    /// Mixes a length and so many bytes.
    static long step(long begun, byte[] bytes, int start, int length) {
        long state = step(begun, length);
        if (length < 8) {
            return length == 0 ? state : step(state, few(bytes, start, length));
        }
        int last = start + length - 8;
        for (int at = start; at < last; at += 8) {
            state = step(state, (long) EIGHT.get(bytes, at));
        }
        // They overlap those before them: with the length known, that loses none.
        return step(state, (long) EIGHT.get(bytes, last));
    }

    /// Up to seven bytes as a number.
    private static long few(byte[] bytes, int start, int length) {
        long value = 0;
        for (int i = start; i < start + length; i++) {
            value = value << 8 | (bytes[i] & 0xff);
        }
        return value;
    }

    /// Says that a column has no value in a row, or one that is none of its type.
    ///
    /// @param column its number among those of one [#mixMarks]
    void mark(int row, int column, boolean odd) {
        marks[row] |= (odd ? 2L : 1L) << (2 * column);
    }

    /// Mixes the marks of up to [#MARKED] columns, and forgets them.
    void mixMarks() {
        for (int row = 0; row < rows; row++) {
            mix(row, marks[row]);
            marks[row] = 0;
        }
    }

    void end() {
        for (int row = 0; row < rows; row++) {
            states[row] = scattered(states[row]);
        }
    }

    /// Lets every bit depend on every other: a sum of hashes must not be a sum of their parts.
    static long scattered(long hash) {
        long mixed = (hash ^ hash >>> 33) * LAST_ONE;
        mixed = (mixed ^ mixed >>> 33) * LAST_TWO;
        return mixed ^ mixed >>> 33;
    }

    long of(int row) {
        return states[row];
    }
}
