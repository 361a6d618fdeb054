package dev.mortise.api.page;

import java.util.Arrays;

/// JSON in UTF-8 that is written at one end and taken away at the other.
final class JsonBytes {
    private static final int SIZE = 16 * 1_024;
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private byte[] bytes = new byte[SIZE];
    private int start;
    private int end;

    int length() {
        return end - start;
    }

    int take(byte[] into, int offset, int count) {
        int taken = Math.min(count, end - start);
        System.arraycopy(bytes, start, into, offset, taken);
        start += taken;
        if (start == end) {
            start = 0;
            end = 0;
        }
        return taken;
    }

    /// Characters of ASCII as they are.
    JsonBytes raw(String ascii) {
        room(ascii.length());
        for (int i = 0; i < ascii.length(); i++) {
            bytes[end++] = (byte) ascii.charAt(i);
        }
        return this;
    }

    /// A string with its quotes; what is no half of a pair of surrogates alone becomes `?`.
    JsonBytes string(CharSequence text) {
        // A character needs three bytes at most, or six when it is escaped.
        room(text.length() * 6 + 2);
        bytes[end++] = '"';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                bytes[end++] = '\\';
                bytes[end++] = (byte) c;
            } else if (c >= ' ' && c < 0x80) {
                bytes[end++] = (byte) c;
            } else if (c < ' ') {
                control(c);
            } else if (!Character.isSurrogate(c)) {
                wide(c);
            } else {
                i += pair(text, i);
            }
        }
        bytes[end++] = '"';
        return this;
    }

    private void control(char c) {
        raw("\\u00");
        bytes[end++] = (byte) HEX[c >> 4];
        bytes[end++] = (byte) HEX[c & 15];
    }

    private void wide(char c) {
        if (c < 0x800) {
            bytes[end++] = (byte) (0xC0 | (c >> 6));
        } else {
            bytes[end++] = (byte) (0xE0 | (c >> 12));
            bytes[end++] = (byte) (0x80 | (c >> 6 & 0x3F));
        }
        bytes[end++] = (byte) (0x80 | (c & 0x3F));
    }

    /// @return how many characters more than one it took
    private int pair(CharSequence text, int at) {
        int point = Character.codePointAt(text, at);
        if (point < Character.MIN_SUPPLEMENTARY_CODE_POINT) {
            bytes[end++] = '?';
            return 0;
        }
        bytes[end++] = (byte) (0xF0 | (point >> 18));
        bytes[end++] = (byte) (0x80 | (point >> 12 & 0x3F));
        bytes[end++] = (byte) (0x80 | (point >> 6 & 0x3F));
        bytes[end++] = (byte) (0x80 | (point & 0x3F));
        return 1;
    }

    private void room(int count) {
        if (bytes.length - end < count) {
            int length = Math.max(bytes.length * 2, Math.addExact(end, count));
            bytes = Arrays.copyOf(bytes, length);
        }
    }
}
