package dev.mortise.engine.match;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Finds the known words in letters written together: `CUSNBR`, `localdebitamount`.
final class Splitter {
    private static final int WORD_MIN = 2;
    private static final int WORD_MAX = 16;
    private static final int LETTERS_MAX = 40;

    /// Letters that some systems put before a name for the type or by habit.
    private static final String PREFIXES = "bcdfinstv";

    private final Set<String> words = new HashSet<>();

    Splitter(Lexicon lexicon) {
        for (String word : lexicon.words()) {
            String letters = word.replace(" ", "");
            if (letters.length() >= WORD_MIN && letters.chars().allMatch(c -> c < 128)) {
                words.add(word);
            }
        }
    }

    /// The words, when they cover all the letters; else nothing.
    List<String> split(String letters) {
        if (letters.length() > LETTERS_MAX) {
            return List.of();
        }
        List<String> parts = cover(letters);
        boolean prefixed = parts.isEmpty() && PREFIXES.indexOf(letters.charAt(0)) >= 0;
        return prefixed ? cover(letters.substring(1)) : parts;
    }

    /// Long words are surer than short ones, so a word counts by the square of its length.
    private List<String> cover(String letters) {
        int[] best = new int[letters.length() + 1];
        int[] length = new int[letters.length() + 1];
        for (int end = 1; end <= letters.length(); end++) {
            best[end] = -1;
            for (int n = WORD_MIN; n <= Math.min(WORD_MAX, end); n++) {
                int before = best[end - n];
                if (before >= 0
                        && before + n * n > best[end]
                        && words.contains(letters.substring(end - n, end))) {
                    best[end] = before + n * n;
                    length[end] = n;
                }
            }
        }
        return best[letters.length()] < 0 ? List.of() : parts(letters, length);
    }

    private static List<String> parts(String letters, int[] length) {
        List<String> parts = new ArrayList<>();
        for (int end = letters.length(); end > 0; end -= length[end]) {
            parts.add(letters.substring(end - length[end], end));
        }
        Collections.reverse(parts);
        boolean tiny = letters.length() < parts.size() * 5 / 2;
        return tiny ? List.of() : parts;
    }
}
