package dev.mortise.engine.language;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The templates of all sentences, and which of them a sentence is. Only those are tried that begin
/// as the sentence does, and of those that fit the one with most text of its own wins.
final class Catalogue {
    /// One that was put together by accident out of a whole answer is not worth the search.
    static final int SENTENCE_MAX = 4_000;

    /// Holes within holes, as in a list of reasons within a reason.
    private static final int DEPTH_MAX = 4;

    private static final int SPLITS_MAX = 6;

    private final Set<String> known = new HashSet<>();
    private final Map<String, Template> whole = new HashMap<>();
    private final Map<String, List<Template>> byWord = new HashMap<>();
    private final Map<Character, List<Template>> byLetter = new HashMap<>();
    private final List<Template> open = new ArrayList<>();

    /// Reads pairs of lines, English and below it, indented, Chinese; `\n` is a line break.
    ///
    /// @throws IllegalArgumentException naming a line that is not as it should be
    void read(Reader source) throws IOException {
        BufferedReader lines = new BufferedReader(source);
        String line = lines.readLine();
        while (line != null) {
            if (!line.isEmpty() && !line.startsWith("#")) {
                String told = lines.readLine();
                if (line.startsWith(" ") || told == null || !told.startsWith("  ")) {
                    throw new IllegalArgumentException("no Chinese, indented, below: " + line);
                }
                add(Template.of(unescaped(line), unescaped(told.substring(2))));
            }
            line = lines.readLine();
        }
    }

    private static String unescaped(String line) {
        return line.replace("\\n", "\n");
    }

    void add(Template template) {
        String first = template.pieces().getFirst();
        int space = first.indexOf(' ');
        if (!known.add(template.english())) {
            throw new IllegalArgumentException("twice: " + template.english());
        }
        if (template.pieces().size() == 1) {
            whole.put(first, template);
        } else if (space > 0) {
            String word = first.substring(0, space);
            put(template, byWord.computeIfAbsent(word, _ -> new ArrayList<>()));
        } else if (!first.isEmpty()) {
            put(template, byLetter.computeIfAbsent(first.charAt(0), _ -> new ArrayList<>()));
        } else {
            put(template, open);
        }
    }

    /// Those with most text stand first, so that the first that fits is the best.
    private static void put(Template template, List<Template> list) {
        int at = list.size();
        while (at > 0 && template.isSurer(list.get(at - 1))) {
            at--;
        }
        list.add(at, template);
    }

    /// The template of a sentence; null when there is none.
    @Nullable Template find(String sentence) {
        if (sentence.isEmpty() || sentence.length() > SENTENCE_MAX) {
            return null;
        }
        Template exact = whole.get(sentence);
        if (exact != null) {
            return exact;
        }
        int space = sentence.indexOf(' ');
        Template best = null;
        if (space > 0) {
            best = better(best, sentence, byWord.get(sentence.substring(0, space)));
        }
        best = better(best, sentence, byLetter.get(sentence.charAt(0)));
        return better(best, sentence, open);
    }

    private static @Nullable Template better(
            @Nullable Template before, String sentence, @Nullable List<Template> candidates) {
        for (Template one : candidates == null ? List.<Template>of() : candidates) {
            if (before != null && one.length() <= before.length()) {
                return before;
            }
            if (one.match(sentence).isPresent()) {
                return one;
            }
        }
        return before;
    }

    /// A sentence in Chinese, or as it is when nothing is known of it.
    String translate(String sentence) {
        return translate(sentence, DEPTH_MAX);
    }

    private String translate(String sentence, int depth) {
        if (depth <= 0 || sentence.isBlank() || sentence.length() > SENTENCE_MAX) {
            return sentence;
        }
        if (sentence.startsWith(" ")) {
            String told = translate(sentence.strip(), depth);
            return told.equals(sentence.strip()) ? sentence : told;
        }
        Template template = find(sentence);
        return template == null ? parts(sentence, depth) : filled(template, sentence, depth);
    }

    private String filled(Template template, String sentence, int depth) {
        List<String> values = new ArrayList<>(template.match(sentence).orElseThrow());
        for (int i = 0; i < values.size(); i++) {
            if (!template.values().get(i)) {
                values.set(i, translate(values.get(i), depth - 1));
            }
        }
        return template.fill(values);
    }

    /// Sentences in one, as `reading 'a': it is empty; look again`: each by itself, and of those
    /// that begin at the same place the longest that is known.
    private String parts(String sentence, int depth) {
        List<Integer> ends = ends(sentence);
        StringBuilder told = new StringBuilder();
        boolean known = false;
        int from = 0;
        int next = 0;
        while (next < ends.size()) {
            int last = ends.size() - 1;
            while (last > next && find(sentence.substring(from, ends.get(last))) == null) {
                last--;
            }
            String part = sentence.substring(from, ends.get(last));
            Template template = find(part);
            boolean joined = known || template != null;
            known = template != null;
            if (from > 0) {
                told.append(joint(sentence.substring(from - 2, from), joined));
            }
            told.append(template == null ? part : filled(template, part, depth - 1));
            from = ends.get(last) + 2;
            next = last + 1;
        }
        return told.toString();
    }

    private static String joint(String written, boolean isChinese) {
        if (!isChinese) {
            return written;
        }
        return written.startsWith(":") ? "：" : "；";
    }

    /// Where sentences may end: before `: ` and `; `, and at the end.
    private static List<Integer> ends(String sentence) {
        List<Integer> ends = new ArrayList<>();
        for (int i = 1; i + 2 < sentence.length() && ends.size() < SPLITS_MAX; i++) {
            char c = sentence.charAt(i);
            if ((c == ':' || c == ';') && sentence.charAt(i + 1) == ' ') {
                ends.add(i);
            }
        }
        ends.add(sentence.length());
        return ends;
    }
}
