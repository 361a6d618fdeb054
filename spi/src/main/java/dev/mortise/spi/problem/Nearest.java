package dev.mortise.spi.problem;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/// Finds the known word a user most likely meant.
public final class Nearest {
    private Nearest() {}

    /// The closest of the known words, when it is close enough to be worth suggesting: at most a
    /// third of the letters differ.
    public static Optional<String> of(String word, Collection<String> known) {
        String best = null;
        int bestDistance = Integer.MAX_VALUE;
        int allowed = Math.max(1, word.length() / 3);
        for (String candidate : known) {
            if (Math.abs(candidate.length() - word.length()) > allowed) {
                continue;
            }
            int distance =
                    distance(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (distance < bestDistance) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return bestDistance <= allowed ? Optional.ofNullable(best) : Optional.empty();
    }

    /// A fix that names the closest word, or else lists what is known.
    public static String fix(String word, Collection<String> known) {
        return of(word, known)
                .map(near -> "did you mean '" + near + "'?")
                .orElseGet(
                        () -> known.isEmpty() ? "nothing is known here" : "known: " + list(known));
    }

    private static String list(Collection<String> known) {
        int shown = 20;
        String words = String.join(", ", known.stream().sorted().limit(shown).toList());
        return known.size() > shown ? words + ", … (" + known.size() + ")" : words;
    }

    /// Edits (insert, delete, replace, swap neighbours) that lead from one word to the other.
    static int distance(String a, String b) {
        int[][] edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : step(edits, a, b, i, j);
            }
        }
        return edits[a.length()][b.length()];
    }

    private static int step(int[][] edits, String a, String b, int i, int j) {
        int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(edits[i - 1][j] + 1, edits[i][j - 1] + 1);
        best = Math.min(best, edits[i - 1][j - 1] + same);
        boolean swapped =
                i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, edits[i - 2][j - 2] + 1) : best;
    }
}
