package dev.mortise.engine.match;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How Chinese text is read, a syllable a character.
final class Pinyin {
    private static final int WORD_MAX = 4;

    private final Map<String, List<String>> words = new HashMap<>();
    private final Map<Character, String> syllables = new HashMap<>(8_192);

    Pinyin() {
        boolean inWords = false;
        for (String line : Lexicon.lines("pinyin.txt")) {
            List<String> parts = List.of(line.split(" ", -1));
            if (line.equals("[words]")) {
                inWords = true;
            } else if (inWords) {
                words.put(parts.getFirst(), parts.subList(1, parts.size()));
            } else {
                parts.get(1).chars().forEach(c -> syllables.put((char) c, parts.getFirst()));
            }
        }
    }

    static boolean isChinese(char c) {
        return c >= 0x4E00 && c <= 0x9FFF;
    }

    static boolean hasChinese(String text) {
        return text.chars().anyMatch(c -> isChinese((char) c));
    }

    /// Syllables of the Chinese characters; letters and digits stand for themselves, the rest is
    /// left out.
    List<String> syllables(String text) {
        List<String> read = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int length = word(text, at);
            if (length > 0) {
                read.addAll(words.getOrDefault(text.substring(at, at + length), List.of()));
            } else {
                read.addAll(one(text.charAt(at)));
            }
            at += Math.max(1, length);
        }
        return read;
    }

    private int word(String text, int at) {
        for (int length = Math.min(WORD_MAX, text.length() - at); length > 1; length--) {
            if (words.containsKey(text.substring(at, at + length))) {
                return length;
            }
        }
        return 0;
    }

    private List<String> one(char c) {
        String syllable = syllables.get(c);
        if (syllable != null) {
            return List.of(syllable);
        }
        boolean plain = c < 128 && Character.isLetterOrDigit(c);
        return plain ? List.of(String.valueOf(Character.toLowerCase(c))) : List.of();
    }

    String full(String text) {
        return String.join("", syllables(text));
    }

    String initials(String text) {
        StringBuilder initials = new StringBuilder();
        syllables(text).forEach(syllable -> initials.append(syllable.charAt(0)));
        return initials.toString();
    }
}
