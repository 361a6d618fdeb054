package dev.mortise.api.cassette;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Values that stand for others: the same for the same value, another for another one, of the same
/// shape. Digits become digits, letters letters of their case, Chinese characters Chinese
/// characters; all else stays. Without the seed nobody can try which value it was. Used by one
/// thread.
public final class Masks {
    private static final int TRIES_MAX = 100;
    private static final int HAN = 0x4E00;

    /// Common characters stand close together at the start of the block.
    private static final int HAN_COUNT = 2_000;

    private final byte[] seed;
    private final Map<String, String> made = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    /// @param seed a secret of the machine; the same gives the same masks
    public Masks(byte[] seed) {
        this.seed = seed.clone();
    }

    Map<String, String> made() {
        return java.util.Collections.unmodifiableMap(made);
    }

    String mask(String value) {
        String known = made.get(value);
        if (known != null) {
            return known;
        }
        String mask = value;
        // A short value has few others of its shape: after some tries one may stand for two.
        for (int i = 0; i < TRIES_MAX; i++) {
            mask = made(value, i);
            if (!taken.contains(mask)) {
                break;
            }
        }
        taken.add(mask);
        made.put(value, mask);
        return mask;
    }

    private String made(String value, int attempt) {
        MessageDigest digest = Tally.sha256();
        digest.update(seed);
        digest.update((byte) attempt);
        digest.update(value.getBytes(StandardCharsets.UTF_8));
        RandomGenerator random = new SplittableRandom(ByteBuffer.wrap(digest.digest()).getLong());
        StringBuilder mask = new StringBuilder(value.length());
        int[] points = value.codePoints().toArray();
        for (int i = 0; i < points.length; i++) {
            boolean leads = i == 0 || !Character.isDigit(points[i - 1]);
            mask.appendCodePoint(point(points[i], leads, random));
        }
        return mask.toString();
    }

    /// @param leads whether it is the first of its digits, which stays zero or not zero
    private static int point(int c, boolean leads, RandomGenerator random) {
        if (c >= '0' && c <= '9') {
            boolean zero = c == '0';
            return leads ? (zero ? '0' : '1' + random.nextInt(9)) : '0' + random.nextInt(10);
        }
        if (c >= 'a' && c <= 'z') {
            return 'a' + random.nextInt(26);
        }
        if (c >= 'A' && c <= 'Z') {
            return 'A' + random.nextInt(26);
        }
        if (Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN) {
            return HAN + random.nextInt(HAN_COUNT);
        }
        return Character.isLetter(c) ? 'a' + random.nextInt(26) : c;
    }
}
