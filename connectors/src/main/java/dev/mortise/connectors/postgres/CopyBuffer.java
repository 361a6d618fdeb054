package dev.mortise.connectors.postgres;

import java.util.Arrays;

/// A byte array that grows, with the end of what is in it. Writers reserve, write, and move the
/// end themselves.
final class CopyBuffer {
    byte[] bytes;
    int end;

    CopyBuffer(int capacity) {
        bytes = new byte[capacity];
    }

    /// Makes room for some bytes more.
    byte[] reserve(int count) {
        int wanted = Math.addExact(end, count);
        if (wanted > bytes.length) {
            bytes =
                    Arrays.copyOf(
                            bytes, (int) Math.max(wanted, Math.min(bytes.length * 2L, 1 << 30)));
        }
        return bytes;
    }

    void int32(int value) {
        Bytes.int32(reserve(4), end, value);
        end += 4;
    }

    void int16(int value) {
        Bytes.int16(reserve(2), end, value);
        end += 2;
    }
}
