package dev.mortise.engine.match;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// The words of business systems, English, Chinese and of the big vendors, and what they mean.
/// A *concept* is a meaning that words of both languages share; it is named by an English word.
final class Lexicon {
    /// What a concept does in a name.
    enum Role {
        /// The sort of value: date, amount, name.
        KIND,
        /// What the table is about: customer, order.
        SUBJECT,
        QUALIFIER
    }

    private final Map<String, Role> roles = new HashMap<>();
    private final Map<String, String> families = new HashMap<>();
    private final Map<String, Set<String>> byWord = new HashMap<>();
    private final Map<String, List<String>> phrases = new HashMap<>();
    private final Map<String, List<String>> chinese = new LinkedHashMap<>();
    private final Map<String, Set<Integer>> oppositions = new HashMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Pinyin pinyin = new Pinyin();

    Lexicon() {
        Role role = Role.QUALIFIER;
        for (String line : lines("terms.txt")) {
            if (line.startsWith("[")) {
                role = Role.valueOf(section(line).replaceFirst("S$", ""));
            } else {
                term(line, role);
            }
        }
        boolean opposites = false;
        int group = 0;
        for (String line : lines("phrases.txt")) {
            if (line.startsWith("[")) {
                opposites = true;
            } else if (opposites) {
                oppose(line.split(" ", -1), group++);
            } else {
                readPhrase(line);
            }
        }
    }

    private static String section(String line) {
        return line.substring(1, line.length() - 1).toUpperCase(Locale.ROOT);
    }

    private void term(String line, Role role) {
        int colon = line.indexOf(':');
        String[] head = line.substring(0, colon).split(" ~", -1);
        String concept = head[0].strip();
        roles.put(concept, role);
        if (head.length > 1) {
            families.put(concept, head[1]);
        }
        String[] sides = line.substring(colon + 1).split("\\|", -1);
        word(concept, concept);
        for (String word : sides[0].strip().split(" +", -1)) {
            word(word, concept);
        }
        for (String word : sides[1].strip().split(" +", -1)) {
            word(word, concept);
            chinese.computeIfAbsent(concept, _ -> new ArrayList<>()).add(word);
        }
    }

    private void word(String word, String concept) {
        if (!word.isEmpty()) {
            byWord.computeIfAbsent(word.replace('_', ' '), _ -> new HashSet<>()).add(concept);
        }
    }

    private void readPhrase(String line) {
        String[] sides = line.split(" = ", -1);
        List<String> concepts = List.of(sides[1].split(" ", -1));
        phrases.put(sides[0].toLowerCase(Locale.ROOT), concepts);
        concepts.forEach(concept -> word(concept, concept));
    }

    private void oppose(String[] concepts, int group) {
        for (String concept : concepts) {
            oppositions.computeIfAbsent(concept, _ -> new HashSet<>()).add(group);
        }
    }

    Pinyin pinyin() {
        return pinyin;
    }

    /// What a word may mean: nothing, one concept, or one of several.
    Set<String> concepts(String word) {
        return byWord.getOrDefault(word, Set.of());
    }

    /// The concepts a phrase stands for together; empty when it is none.
    List<String> phrase(String words) {
        return phrases.getOrDefault(words, List.of());
    }

    boolean knows(String word) {
        return byWord.containsKey(word) || phrases.containsKey(word);
    }

    Role role(String concept) {
        return roles.getOrDefault(concept, Role.QUALIFIER);
    }

    /// Marks the numbers of a concept and of its family.
    void mark(String concept, BitSet marks) {
        marks.set(numbers.computeIfAbsent(concept, _ -> numbers.size()));
        String family = "~" + family(concept);
        if (family.length() > 1) {
            marks.set(numbers.computeIfAbsent(family, _ -> numbers.size()));
        }
    }

    /// Kinds of one family stand for each other; empty for what is no kind.
    String family(String concept) {
        return families.getOrDefault(concept, "");
    }

    /// Chinese words for one concept.
    List<String> chinese(String concept) {
        return chinese.getOrDefault(concept, List.of());
    }

    /// Chinese phrases and what they stand for.
    Map<String, List<String>> phrases() {
        return phrases;
    }

    Set<String> words() {
        Set<String> all = new HashSet<>(byWord.keySet());
        all.addAll(phrases.keySet());
        return all;
    }

    /// Whether two concepts shut each other out, as debit and credit do.
    boolean opposite(String one, String other) {
        Set<Integer> groups = oppositions.get(one);
        return groups != null
                && !one.equals(other)
                && oppositions.getOrDefault(other, Set.of()).stream().anyMatch(groups::contains);
    }

    /// Lines that are neither empty nor comments.
    static List<String> lines(String name) {
        try (InputStream in = Objects.requireNonNull(Lexicon.class.getResourceAsStream(name))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("reading the word list '" + name + "'", e);
        }
    }
}
