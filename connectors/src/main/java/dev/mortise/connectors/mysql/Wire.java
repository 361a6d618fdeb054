package dev.mortise.connectors.mysql;

/// Numbers in the server's byte order, and lengths in front of text.
final class Wire {
    private Wire() {}

    static int int16(byte[] b, int at) {
        return (b[at] & 0xff) | b[at + 1] << 8;
    }

    static int int32(byte[] b, int at) {
        return (b[at] & 0xff)
                | (b[at + 1] & 0xff) << 8
                | (b[at + 2] & 0xff) << 16
                | b[at + 3] << 24;
    }

    static long int64(byte[] b, int at) {
        return (int32(b, at) & 0xffff_ffffL) | (long) int32(b, at + 4) << 32;
    }

    /// How many bytes the length in front of a text takes.
    static int lengthSize(byte[] b, int at) {
        return switch (b[at]) {
            case (byte) 252 -> 3;
            case (byte) 253 -> 4;
            case (byte) 254 -> 9;
            default -> 1;
        };
    }

    static int length(byte[] b, int at) {
        return switch (b[at]) {
            case (byte) 252 -> int16(b, at + 1) & 0xffff;
            case (byte) 253 -> int32(b, at) >>> 8;
            case (byte) 254 -> Math.toIntExact(int64(b, at + 1));
            default -> b[at] & 0xff;
        };
    }
}
