package dev.mortise.engine.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads names and comments in latin letters: splits them into words, undoes abbreviations and
/// words written together.
final class LatinReader {
    private static final Pattern SUFFIX = Pattern.compile("(?i)__(c|r|pc)$");
    private static final Pattern BORDER =
            Pattern.compile(
                    "[^A-Za-z0-9]+"
                            + "|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])"
                            + "|(?<=[A-Za-z])(?=[0-9])|(?<=[0-9])(?=[A-Za-z])");
    private static final Set<String> EMPTY_WORDS =
            Set.of(
                    "of",
                    "the",
                    "a",
                    "an",
                    "and",
                    "or",
                    "in",
                    "for",
                    "which",
                    "was",
                    "is",
                    "by",
                    "with",
                    "that",
                    "this",
                    "who",
                    "on",
                    "at",
                    "as",
                    "be",
                    "its",
                    "from",
                    "to",
                    "first",
                    "record",
                    "cumulative",
                    "master",
                    "field",
                    "s");
    private static final Set<String> MOMENT = Set.of("at", "on");
    private static final int PHRASE_MAX = 5;
    private static final int TOGETHER_MIN = 5;

    private final Lexicon lexicon;
    private final Splitter splitter;

    LatinReader(Lexicon lexicon) {
        this.lexicon = lexicon;
        this.splitter = new Splitter(lexicon);
    }

    Reading name(String name) {
        String bare = SUFFIX.matcher(name).replaceFirst("");
        List<String> whole = lexicon.phrase(bare.toLowerCase(Locale.ROOT).replace('_', ' '));
        if (!whole.isEmpty()) {
            return Reading.of(name, tokens(bare.toLowerCase(Locale.ROOT), whole), lexicon);
        }
        return Reading.of(name, read(words(bare), true), lexicon);
    }

    Reading comment(String comment) {
        return Reading.of(comment, read(words(comment), false), lexicon);
    }

    static List<String> words(String text) {
        return BORDER.splitAsStream(text)
                .filter(word -> !word.isEmpty())
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
    }

    private List<Token> read(List<String> words, boolean name) {
        List<Token> tokens = new ArrayList<>();
        int at = 0;
        while (at < words.size()) {
            int length = phraseAt(words, at);
            if (length > 0) {
                String phrase = String.join(" ", words.subList(at, at + length));
                tokens.addAll(phrase(phrase));
            } else {
                tokens.addAll(word(words.get(at), name, at == words.size() - 1));
            }
            at += Math.max(1, length);
        }
        return tokens;
    }

    private int phraseAt(List<String> words, int at) {
        for (int length = Math.min(PHRASE_MAX, words.size() - at); length > 0; length--) {
            String phrase = String.join(" ", words.subList(at, at + length));
            boolean several = length > 1 && !lexicon.concepts(phrase).isEmpty();
            if (several || !lexicon.phrase(phrase).isEmpty()) {
                return length;
            }
        }
        return 0;
    }

    private List<Token> phrase(String phrase) {
        List<String> concepts = lexicon.phrase(phrase);
        return concepts.isEmpty()
                ? List.of(new Token(phrase, lexicon.concepts(phrase)))
                : tokens(phrase, concepts);
    }

    static List<Token> tokens(String word, List<String> concepts) {
        return concepts.stream().map(concept -> new Token(word, Set.of(concept))).toList();
    }

    private List<Token> word(String word, boolean name, boolean last) {
        if (name && last && MOMENT.contains(word)) {
            return List.of(new Token(word, Set.of("date", "time")));
        }
        boolean ordinal = word.equals("1") || word.equals("0");
        if (ordinal || (EMPTY_WORDS.contains(word) && !(name && lexicon.knows(word)))) {
            return List.of();
        }
        String known = known(word);
        if (!known.isEmpty()) {
            return List.of(new Token(word, lexicon.concepts(known)));
        }
        List<String> parts = word.length() < TOGETHER_MIN ? List.of() : splitter.split(word);
        return parts.isEmpty()
                ? List.of(Token.unknown(word))
                : parts.stream().flatMap(part -> phrase(part).stream()).toList();
    }

    /// The word, or a form of it, that the lexicon knows.
    private String known(String word) {
        List<String> endings = List.of("", "s", "es", "ing", "ed", "d");
        for (String ending : endings) {
            if (word.endsWith(ending) && word.length() > ending.length() + 1) {
                String stem = word.substring(0, word.length() - ending.length());
                if (!lexicon.concepts(stem).isEmpty()) {
                    return stem;
                }
            }
        }
        return "";
    }
}
