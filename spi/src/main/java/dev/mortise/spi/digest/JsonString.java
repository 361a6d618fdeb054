package dev.mortise.spi.digest;

import dev.mortise.spi.digest.JsonHash.NotJson;
import java.util.Arrays;

/// A string of JSON text as the UTF-8 bytes it stands for: where it lies when nothing in it is
/// escaped, else written out. Used by one thread.
final class JsonString {
    private byte[] bytes = {};
    private int start;
    private int length;
    private byte[] out = new byte[64];

    /// Reads the string whose opening quote stands at a place.
    ///
    /// @return the place of its closing quote
    int read(byte[] text, int open, int end) {
        if (open >= end || text[open] != '"') {
            throw new NotJson();
        }
        for (int at = open + 1; at < end; at++) {
            if (text[at] == '"') {
                bytes = text;
                start = open + 1;
                length = at - start;
                return at;
            }
            if (text[at] == '\\') {
                return escaped(text, open + 1, end);
            }
        }
        throw new NotJson();
    }

    byte[] bytes() {
        return bytes;
    }

    int start() {
        return start;
    }

    int length() {
        return length;
    }

    private int escaped(byte[] text, int from, int end) {
        length = 0;
        int at = from;
        while (at < end && text[at] != '"') {
            if (text[at] != '\\') {
                put(text[at++]);
            } else if (at + 1 < end && text[at + 1] == 'u') {
                at = unicode(text, at, end);
            } else {
                put(plain(at + 1 < end ? text[at + 1] : 0));
                at += 2;
            }
        }
        if (at >= end) {
            throw new NotJson();
        }
        bytes = out;
        start = 0;
        return at;
    }

    private void put(int value) {
        if (length == out.length) {
            out = Arrays.copyOf(out, length * 2);
        }
        out[length++] = (byte) value;
    }

    /// The character that a letter behind a backslash stands for; not for `u`.
    static int plain(int c) {
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> throw new NotJson();
        };
    }

    private int unicode(byte[] text, int at, int end) {
        int unit = unit(text, at, end);
        if (!Character.isSurrogate((char) unit)) {
            code(unit);
            return at + 6;
        }
        int other = unit(text, at + 6, end);
        if (!Character.isSurrogatePair((char) unit, (char) other)) {
            throw new NotJson();
        }
        code(Character.toCodePoint((char) unit, (char) other));
        return at + 12;
    }

    private static int unit(byte[] text, int at, int end) {
        if (at + 6 > end || text[at] != '\\' || text[at + 1] != 'u') {
            throw new NotJson();
        }
        int unit = 0;
        for (int i = at + 2; i < at + 6; i++) {
            int digit = Character.digit(text[i], 16);
            if (digit < 0) {
                throw new NotJson();
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }

    private void code(int point) {
        if (point < 0x80) {
            put(point);
            return;
        }
        if (point < 0x800) {
            put(0xc0 | (point >> 6));
        } else if (point < 0x10000) {
            put(0xe0 | (point >> 12));
            put(tail(point >> 6));
        } else {
            put(0xf0 | (point >> 18));
            put(tail(point >> 12));
            put(tail(point >> 6));
        }
        put(tail(point));
    }

    private static int tail(int bits) {
        return 0x80 | (bits & 0x3f);
    }
}
