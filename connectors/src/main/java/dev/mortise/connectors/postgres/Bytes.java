package dev.mortise.connectors.postgres;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Numbers in network order inside byte arrays.
final class Bytes {
    private static final VarHandle SHORTS = view(short[].class);
    private static final VarHandle INTS = view(int[].class);
    private static final VarHandle LONGS = view(long[].class);

    private Bytes() {}

    private static VarHandle view(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.BIG_ENDIAN);
    }

    static short int16(byte[] from, int at) {
        return (short) SHORTS.get(from, at);
    }

    static int int32(byte[] from, int at) {
        return (int) INTS.get(from, at);
    }

    static long int64(byte[] from, int at) {
        return (long) LONGS.get(from, at);
    }

    static void int16(byte[] to, int at, int value) {
        SHORTS.set(to, at, (short) value);
    }

    static void int32(byte[] to, int at, int value) {
        INTS.set(to, at, value);
    }

    static void int64(byte[] to, int at, long value) {
        LONGS.set(to, at, value);
    }
}
