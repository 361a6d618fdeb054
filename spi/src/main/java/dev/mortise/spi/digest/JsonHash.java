package dev.mortise.spi.digest;

import java.util.Arrays;

/// A hash of JSON text that is equal where [CanonicalJson] writes the same, found in one pass over
/// the bytes without making objects: entries of an object are summed, so their order does not
/// count; numbers are taken as digits and a power of ten. What is not JSON, or names a key twice,
/// is hashed as the bytes that it is. Used by one thread.
final class JsonHash {
    // Where the hash of each kind of value begins.
    private static final long RAW = 0xd6e8feb86659fd93L;
    private static final long OBJECT = 0xa0761d6478bd642fL;
    private static final long ENTRY = 0xe7037ed1a0b428dbL;
    private static final long ITEMS = 0x8ebc6af09c88c6e3L;
    private static final long STRING = 0x589965cc75374cc3L;
    private static final long NUMBER = 0x1d8e4e27c47d124fL;
    private static final long WORD = 0xeb44accab455d165L;

    private static final int DEPTH_MAX = 200;

    /// Up to so many keys are compared each with each; more are sorted.
    private static final int KEYS_FEW = 12;

    private byte[] text = {};
    private int at;
    private int end;
    private long[] keys = new long[32];
    private int keyCount;

    private final JsonString strings = new JsonString();

    long of(byte[] bytes, int start, int length) {
        text = bytes;
        at = start;
        end = start + length;
        keyCount = 0;
        try {
            long hash = value(0);
            skipSpace();
            if (at == end) {
                return hash;
            }
        } catch (NotJson _) {
            // hashed as it is
        }
        return Mixer.step(RAW, bytes, start, length);
    }

    /// Says that a text is not JSON, or not such as is told apart here.
    static final class NotJson extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotJson() {
            super(null, null, false, false);
        }
    }

    private int next() {
        if (at == end) {
            throw new NotJson();
        }
        return text[at];
    }

    private long value(int depth) {
        skipSpace();
        if (depth > DEPTH_MAX) {
            throw new NotJson();
        }
        return switch (next()) {
            case '{' -> object(depth);
            case '[' -> items(depth);
            case '"' -> string();
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number();
        };
    }

    private long object(int depth) {
        int firstKey = keyCount;
        long sum = 0;
        at++;
        if (!taken('}')) {
            do {
                skipSpace();
                long key = string();
                remember(key);
                expect(':');
                sum += Mixer.scattered(Mixer.step(Mixer.step(ENTRY, key), value(depth + 1)));
            } while (taken(','));
            expect('}');
        }
        int count = keyCount - firstKey;
        forbidTwins(firstKey);
        keyCount = firstKey;
        return Mixer.step(Mixer.step(OBJECT, count), sum);
    }

    private void remember(long key) {
        if (keyCount == keys.length) {
            keys = Arrays.copyOf(keys, keyCount * 2);
        }
        keys[keyCount++] = key;
    }

    /// Of equal keys the last one counts, which a sum cannot say.
    private void forbidTwins(int from) {
        boolean many = keyCount - from > KEYS_FEW;
        if (many) {
            Arrays.sort(keys, from, keyCount);
        }
        for (int i = from + 1; i < keyCount; i++) {
            for (int j = many ? i - 1 : from; j < i; j++) {
                if (keys[i] == keys[j]) {
                    throw new NotJson();
                }
            }
        }
    }

    private long items(int depth) {
        long state = ITEMS;
        long count = 0;
        at++;
        if (!taken(']')) {
            do {
                state = Mixer.step(state, value(depth + 1));
                count++;
            } while (taken(','));
            expect(']');
        }
        return Mixer.step(state, count);
    }

    private long string() {
        int close = strings.read(text, at, end);
        at = close + 1;
        return Mixer.step(STRING, strings.bytes(), strings.start(), strings.length());
    }

    private long word(String word) {
        if (end - at < word.length()) {
            throw new NotJson();
        }
        for (int i = 0; i < word.length(); i++) {
            if (text[at + i] != word.charAt(i)) {
                throw new NotJson();
            }
        }
        at += word.length();
        return Mixer.step(WORD, word.charAt(0));
    }

    private static boolean digit(int c) {
        return c >= '0' && c <= '9';
    }

    private boolean here(char one, char other) {
        return at < end && (text[at] == one || text[at] == other);
    }

    /// A number as its digits without zeros around them, and the power of ten of the last one.
    private long number() {
        boolean negative = text[at] == '-';
        if (here('-', '+')) {
            at++;
        }
        int start = at;
        int point = -1;
        int firstUsed = -1;
        int lastUsed = -1;
        for (; at < end && (digit(text[at]) || text[at] == '.'); at++) {
            if (text[at] == '.') {
                if (point >= 0) {
                    throw new NotJson();
                }
                point = at;
            } else if (text[at] != '0') {
                firstUsed = firstUsed < 0 ? at : firstUsed;
                lastUsed = at;
            }
        }
        int stop = at;
        if (stop - start == (point < 0 ? 0 : 1)) {
            throw new NotJson();
        }
        long power = exponent();
        if (firstUsed < 0) {
            return Mixer.step(NUMBER, 0);
        }
        int whole = point < 0 ? stop : point;
        power += lastUsed < whole ? whole - 1 - lastUsed : whole - lastUsed;
        return digits(Mixer.step(Mixer.step(NUMBER, negative ? 2 : 1), power), firstUsed, lastUsed);
    }

    private long exponent() {
        if (!here('e', 'E')) {
            return 0;
        }
        at++;
        boolean negative = here('-', '-');
        if (here('-', '+')) {
            at++;
        }
        int start = at;
        long value = 0;
        for (; at < end && digit(text[at]); at++) {
            value = value * 10 + text[at] - '0';
            if (value > 999_999_999) {
                throw new NotJson();
            }
        }
        if (at == start) {
            throw new NotJson();
        }
        return negative ? -value : value;
    }

    private long digits(long begun, int first, int last) {
        long state = begun;
        long group = 0;
        int count = 0;
        for (int i = first; i <= last; i++) {
            if (text[i] != '.') {
                group = group * 10 + text[i] - '0';
                count++;
                if (count % 18 == 0) {
                    state = Mixer.step(state, group);
                    group = 0;
                }
            }
        }
        return Mixer.step(Mixer.step(state, group), count);
    }

    private void skipSpace() {
        while (at < end
                && (text[at] == ' ' || text[at] == '\n' || text[at] == '\t' || text[at] == '\r')) {
            at++;
        }
    }

    private boolean taken(char wanted) {
        skipSpace();
        boolean there = next() == wanted;
        at += there ? 1 : 0;
        return there;
    }

    private void expect(char wanted) {
        if (!taken(wanted)) {
            throw new NotJson();
        }
    }
}
