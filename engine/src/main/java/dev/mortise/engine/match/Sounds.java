package dev.mortise.engine.match;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The ways in which a meaning can be written in pinyin: in full or by its initials, with every
/// Chinese word for each part of it. `khmc` is tried against the meaning, not guessed alone, for
/// few letters may stand for much.
final class Sounds {
    private static final int TOKENS_MAX = 6;
    private static final int LETTERS_MAX = 32;
    private static final double UNSAID = 0.35;

    /// How far letters can be trusted, by how many they are.
    private static final double[] TRUST = {0, 0.4, 0.78, 0.9, 0.96, 0.98, 1};

    private record Form(String letters, int tokens) {}

    private final Reading reading;
    private final double[] open;
    private final Map<Character, List<Form>> forms = new HashMap<>();
    private final String full;
    private final String initials;

    private Sounds(Reading reading, Lexicon lexicon) {
        this.reading = reading;
        boolean chinese = Pinyin.hasChinese(reading.text());
        full = chinese ? lexicon.pinyin().full(reading.text()) : "";
        initials = chinese ? lexicon.pinyin().initials(reading.text()) : "";
        open = new double[Math.min(TOKENS_MAX, reading.tokens().size())];
        for (int i = 0; i < open.length; i++) {
            Set<String> concepts = reading.tokens().get(i).concepts();
            boolean subject =
                    !concepts.isEmpty()
                            && concepts.stream()
                                    .allMatch(c -> lexicon.role(c) == Lexicon.Role.SUBJECT);
            open[i] = reading.weights().get(i) * (subject ? UNSAID : 1);
        }
    }

    static Sounds of(Reading reading, Lexicon lexicon) {
        Sounds sounds = new Sounds(reading, lexicon);
        Set<Form> forms = new HashSet<>();
        for (int i = 0; i < sounds.open.length; i++) {
            sounds.addToken(i, lexicon, forms);
        }
        for (Map.Entry<String, List<String>> phrase : lexicon.phrases().entrySet()) {
            if (Pinyin.hasChinese(phrase.getKey())) {
                add(phrase.getKey(), sounds.cover(phrase.getValue()), lexicon, forms);
            }
        }
        for (Form form : forms) {
            if (!form.letters.isEmpty()) {
                char first = form.letters.charAt(0);
                sounds.forms.computeIfAbsent(first, _ -> new ArrayList<>()).add(form);
            }
        }
        return sounds;
    }

    private void addToken(int place, Lexicon lexicon, Set<Form> forms) {
        Token token = reading.tokens().get(place);
        if (Pinyin.hasChinese(token.word())) {
            add(token.word(), 1 << place, lexicon, forms);
        } else if (token.word().length() > 1) {
            forms.add(new Form(token.word().replace(" ", ""), 1 << place));
        }
        for (String concept : token.concepts()) {
            lexicon.chinese(concept).forEach(word -> add(word, 1 << place, lexicon, forms));
        }
    }

    private static void add(String word, int tokens, Lexicon lexicon, Set<Form> forms) {
        if (tokens != 0) {
            forms.add(new Form(lexicon.pinyin().full(word), tokens));
            forms.add(new Form(lexicon.pinyin().initials(word), tokens));
        }
    }

    /// The tokens that stand for all of the concepts, a bit each; 0 when one is missing.
    private int cover(List<String> concepts) {
        int covered = 0;
        for (String concept : concepts) {
            int before = covered;
            for (int i = 0; i < open.length && covered == before; i++) {
                boolean free = (covered & 1 << i) == 0;
                if (free && reading.tokens().get(i).concepts().contains(concept)) {
                    covered |= 1 << i;
                }
            }
            if (covered == before) {
                return 0;
            }
        }
        return covered;
    }

    /// How well the letters write this meaning, from 0 to 1.
    double of(String letters) {
        if (letters.isEmpty() || letters.length() > LETTERS_MAX || open.length == 0) {
            return 0;
        }
        double trust = TRUST[Math.min(letters.length(), TRUST.length - 1)];
        if (letters.equals(full) || letters.equals(initials)) {
            return trust;
        }
        // Letters that start with none of the words write something else.
        boolean starts = at(letters, 0).stream().anyMatch(f -> letters.startsWith(f.letters));
        return starts ? trust * cover(letters) : 0;
    }

    private List<Form> at(String letters, int place) {
        return forms.getOrDefault(letters.charAt(place), List.of());
    }

    /// The best cover of the letters by forms, each token used once.
    private double cover(String letters) {
        int[][] best = new int[letters.length() + 1][1 << open.length];
        for (int[] row : best) {
            Arrays.fill(row, -1);
        }
        best[0][0] = 0;
        for (int at = 0; at < letters.length(); at++) {
            for (int used = 0; used < best[at].length; used++) {
                if (best[at][used] >= 0) {
                    extend(letters, at, used, best);
                }
            }
        }
        double top = 0;
        for (int used = 1; used < best[0].length; used++) {
            int covered = best[letters.length()][used];
            if (covered > 0) {
                top = Math.max(top, share((double) covered / letters.length(), used));
            }
        }
        return top;
    }

    private void extend(String letters, int at, int used, int[][] best) {
        int gain = best[at][used];
        best[at + 1][used] = Math.max(best[at + 1][used], gain);
        for (Form form : at(letters, at)) {
            if ((form.tokens & used) == 0 && letters.startsWith(form.letters, at)) {
                int end = at + form.letters.length();
                int after = used | form.tokens;
                best[end][after] = Math.max(best[end][after], gain + form.letters.length());
            }
        }
    }

    /// The harmonic mean of the letters and the tokens covered.
    private double share(double letters, int used) {
        double covered = 0;
        double left = 0;
        for (int i = 0; i < open.length; i++) {
            boolean in = (used & 1 << i) != 0;
            covered += in ? reading.weights().get(i) : 0;
            left += in ? 0 : open[i];
        }
        double tokens = covered / (covered + left);
        return 2 * letters * tokens / (letters + tokens);
    }
}
