package dev.mortise.engine.match;

import java.util.Arrays;

/// How alike words are by their letters alone.
final class Letters {
    private static final double PREFIX_WEIGHT = 0.1;
    private static final int PREFIX_MAX = 4;

    private Letters() {}

    /// Jaro-Winkler similarity, from 0 to 1.
    static double alike(String one, String other) {
        if (one.equals(other)) {
            return 1;
        }
        double jaro = jaro(one, other);
        int prefix = 0;
        int limit = Math.min(PREFIX_MAX, Math.min(one.length(), other.length()));
        while (prefix < limit && one.charAt(prefix) == other.charAt(prefix)) {
            prefix++;
        }
        return jaro + prefix * PREFIX_WEIGHT * (1 - jaro);
    }

    private static double jaro(String one, String other) {
        int window = Math.max(0, Math.max(one.length(), other.length()) / 2 - 1);
        boolean[] taken = new boolean[other.length()];
        char[] inOne = new char[one.length()];
        int common = 0;
        for (int i = 0; i < one.length(); i++) {
            int j = find(other, one.charAt(i), taken, i - window, i + window);
            if (j >= 0) {
                taken[j] = true;
                inOne[common++] = one.charAt(i);
            }
        }
        if (common == 0) {
            return 0;
        }
        double moved = moved(Arrays.copyOf(inOne, common), other, taken) / 2.0;
        double share = (double) common / one.length() + (double) common / other.length();
        return (share + (common - moved) / common) / 3;
    }

    private static int find(String text, char c, boolean[] taken, int from, int to) {
        for (int j = Math.max(0, from); j <= Math.min(text.length() - 1, to); j++) {
            if (!taken[j] && text.charAt(j) == c) {
                return j;
            }
        }
        return -1;
    }

    private static int moved(char[] common, String other, boolean[] taken) {
        int moved = 0;
        int at = 0;
        for (int j = 0; j < other.length(); j++) {
            if (taken[j]) {
                moved += common[at++] == other.charAt(j) ? 0 : 1;
            }
        }
        return moved;
    }

    /// How well the shorter word abbreviates the longer: its consonants best, its start well.
    static double abbreviates(String one, String other) {
        String brief = one.length() <= other.length() ? one : other;
        String whole = one.length() <= other.length() ? other : one;
        if (brief.length() < 2
                || whole.length() <= brief.length()
                || brief.charAt(0) != whole.charAt(0)) {
            return 0;
        }
        if (brief.length() > 2 && skeleton(whole).equals(skeleton(brief))) {
            return 0.9;
        }
        if (brief.length() > 2 && whole.startsWith(brief)) {
            return 0.85;
        }
        boolean ends = brief.charAt(brief.length() - 1) == whole.charAt(whole.length() - 1);
        return subsequence(brief, whole) && brief.length() > 2 ? (ends ? 0.8 : 0.7) : 0;
    }

    private static String skeleton(String word) {
        return word.charAt(0)
                + word.substring(1).replaceAll("[aeiou]", "").replaceAll("(.)\\1", "$1");
    }

    private static boolean subsequence(String brief, String whole) {
        int at = 0;
        for (int i = 0; i < whole.length() && at < brief.length(); i++) {
            at += whole.charAt(i) == brief.charAt(at) ? 1 : 0;
        }
        return at == brief.length();
    }
}
