package dev.mortise.api.cassette;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Values that stand for others: the same for the same value, another for another one, of the same
/// shape. Digits become digits, letters letters of their case, Chinese characters Chinese
/// characters; all else stays. A date becomes a date, and a whole number fits where the value did.
/// Without the seed nobody can try which value it was. Used by one thread.
public final class Masks {
    private static final int TRIES_MAX = 100;
    private static final int HAN = 0x4E00;

    /// Common characters stand close together at the start of the block.
    private static final int HAN_COUNT = 2_000;

    /// A number with an exponent, which is no text and stays.
    private static final Pattern SCIENTIFIC =
            Pattern.compile("(-?\\d+(?:\\.\\d+)?)([eE][+-]?\\d{1,3})");

    /// The largest whole numbers of 16, 32 and 64 bits.
    private static final List<String> LIMITS =
            List.of("32767", "2147483647", "9223372036854775807");

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
        Matcher scientific = SCIENTIFIC.matcher(value);
        boolean powered = scientific.matches();
        String mask = powered ? free(scientific.group(1), scientific.group(2)) : free(value, "");
        taken.add(mask);
        made.put(value, mask);
        return mask;
    }

    /// @param rest what stands behind the value, and stays
    private String free(String value, String rest) {
        String limit = limit(value);
        String mask = value;
        // A short value has few others of its shape: after some tries one may stand for two.
        for (int i = 0; i < TRIES_MAX; i++) {
            String next = made(value, limit, i);
            boolean fits = limit.isEmpty() || next.replace("-", "").compareTo(limit) <= 0;
            mask = fits ? next : mask;
            if (fits && !next.equals(value) && !taken.contains(next + rest)) {
                break;
            }
        }
        return mask + rest;
    }

    /// The limit of as many digits that a whole number keeps to; empty when there is none.
    private static String limit(String value) {
        String digits = value.startsWith("-") ? value.substring(1) : value;
        boolean whole = digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return LIMITS.stream()
                .filter(l -> whole && l.length() == digits.length() && digits.compareTo(l) <= 0)
                .findFirst()
                .orElse("");
    }

    private String made(String value, String limit, int attempt) {
        MessageDigest digest = Tally.sha256();
        digest.update(seed);
        digest.update((byte) attempt);
        digest.update(value.getBytes(StandardCharsets.UTF_8));
        RandomGenerator random = new SplittableRandom(ByteBuffer.wrap(digest.digest()).getLong());
        return Moments.mask(value, random).orElseGet(() -> letters(value, limit, random));
    }

    private static String letters(String value, String limit, RandomGenerator random) {
        int most = limit.isEmpty() ? 9 : limit.charAt(0) - '0';
        StringBuilder mask = new StringBuilder(value.length());
        int[] points = value.codePoints().toArray();
        for (int i = 0; i < points.length; i++) {
            boolean leads = i == 0 || !Character.isDigit(points[i - 1]);
            mask.appendCodePoint(point(points[i], leads ? most : 0, random));
        }
        return mask.toString();
    }

    /// @param most of the first of its digits, which stays zero or not zero; 0 for any other
    private static int point(int c, int most, RandomGenerator random) {
        if (c >= '0' && c <= '9') {
            boolean zero = c == '0';
            return most > 0 ? (zero ? '0' : '1' + random.nextInt(most)) : '0' + random.nextInt(10);
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
