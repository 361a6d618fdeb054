package dev.mortise.engine.match;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads Chinese names and comments, and names that are Chinese words in full pinyin.
final class ChineseReader {
    private static final int WORD_MAX = 10;
    private static final int PINYIN_MIN = 3;
    private static final int PINYIN_MAX = 24;
    private static final String EMPTY_CHARACTERS = "的之和与及所";

    private final Lexicon lexicon;
    private final Map<String, String> byPinyin = new HashMap<>();

    ChineseReader(Lexicon lexicon) {
        this.lexicon = lexicon;
        for (String word : lexicon.words()) {
            if (Pinyin.hasChinese(word) && word.length() > 1) {
                // Of two words that sound alike the one in the list of terms is the commoner.
                byPinyin.merge(lexicon.pinyin().full(word), word, this::commoner);
            }
        }
    }

    private String commoner(String one, String other) {
        return lexicon.concepts(one).isEmpty() ? other : one;
    }

    Reading read(String text) {
        return Reading.of(text, tokens(text), lexicon);
    }

    private List<Token> tokens(String text) {
        List<Token> tokens = new ArrayList<>();
        for (String word : segments(text)) {
            if (lexicon.knows(word)) {
                tokens.addAll(token(word));
            } else if (!EMPTY_CHARACTERS.contains(word)) {
                tokens.add(Token.unknown(word));
            }
        }
        return tokens;
    }

    private List<Token> token(String word) {
        List<String> concepts = lexicon.phrase(word);
        return concepts.isEmpty()
                ? List.of(new Token(word, lexicon.concepts(word)))
                : LatinReader.tokens(word, concepts);
    }

    /// Cuts the text so that known words cover the most of it with the fewest pieces.
    private List<String> segments(String text) {
        String letters = text.replaceAll("[^\\p{L}\\p{N}]", "");
        int[] best = new int[letters.length() + 1];
        int[] length = new int[letters.length() + 1];
        for (int end = 1; end <= letters.length(); end++) {
            best[end] = best[end - 1];
            length[end] = 1;
            for (int n = 1; n <= Math.min(WORD_MAX, end); n++) {
                int gain = best[end - n] + n * n;
                if (gain > best[end] && lexicon.knows(letters.substring(end - n, end))) {
                    best[end] = gain;
                    length[end] = n;
                }
            }
        }
        List<String> pieces = new ArrayList<>();
        for (int end = letters.length(); end > 0; end -= length[end]) {
            pieces.addFirst(letters.substring(end - length[end], end));
        }
        return pieces;
    }

    /// Reads latin letters as Chinese words in full pinyin; empty when they do not cover them all.
    Reading pinyin(String letters) {
        int[] best = new int[letters.length() + 1];
        int[] length = new int[letters.length() + 1];
        for (int end = 1; end <= letters.length(); end++) {
            best[end] = -1;
            for (int n = PINYIN_MIN; n <= Math.min(PINYIN_MAX, end); n++) {
                int before = best[end - n];
                boolean word = byPinyin.containsKey(letters.substring(end - n, end));
                if (before >= 0 && word && before + n * n > best[end]) {
                    best[end] = before + n * n;
                    length[end] = n;
                }
            }
        }
        List<Token> tokens = new ArrayList<>();
        if (!letters.isEmpty() && best[letters.length()] > 0) {
            for (int end = letters.length(); end > 0; end -= length[end]) {
                String heard = letters.substring(end - length[end], end);
                tokens.addAll(0, token(byPinyin.getOrDefault(heard, heard)));
            }
        }
        return Reading.of(letters, tokens, lexicon);
    }
}
