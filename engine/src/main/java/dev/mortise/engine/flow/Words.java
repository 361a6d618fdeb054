package dev.mortise.engine.flow;

import dev.mortise.spi.option.Place;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.ProblemCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The words of one mapping, taken out by name. What is wrong is noted and a harmless value given
/// instead, so that the reader goes on to the next word.
final class Words {
    private static final int SHOWN_MAX = 40;

    private final Tree.Entries tree;
    private final String owner;
    private final Problems problems;

    private Words(Tree.Entries tree, String owner, Problems problems) {
        this.tree = tree;
        this.owner = owner;
        this.problems = problems;
    }

    /// A misspelt word is noted once and then read as the word it was meant to be.
    ///
    /// @param owner what the mapping is, for messages: `step 'orders'`
    /// @param vocabulary every word that may be meant
    static Words of(
            Tree.Entries tree, String owner, Collection<String> vocabulary, Problems problems) {
        Map<String, Tree> entries = new LinkedHashMap<>();
        Map<String, Place> names = new LinkedHashMap<>();
        tree.entries()
                .forEach(
                        (word, value) -> {
                            String meant = meant(word, tree, vocabulary);
                            if (!meant.equals(word) && entries.containsKey(meant)) {
                                meant = word;
                            }
                            if (!meant.equals(word)) {
                                unknown(word, owner, tree.placeOf(word), vocabulary, problems);
                            }
                            entries.put(meant, value);
                            names.put(meant, tree.placeOf(word));
                        });
        return new Words(new Tree.Entries(entries, names, tree.place()), owner, problems);
    }

    private static String meant(String word, Tree.Entries tree, Collection<String> vocabulary) {
        return vocabulary.contains(word)
                ? word
                : Nearest.of(word, vocabulary).filter(near -> tree.find(near) == null).orElse(word);
    }

    private static void unknown(
            String word, String owner, Place place, Collection<String> known, Problems problems) {
        problems.add(
                ProblemCode.WORD_UNKNOWN,
                place,
                "unknown word '" + word + "' in " + owner,
                Nearest.fix(word, known));
    }

    /// Notes every word that does not belong here.
    void only(Collection<String> allowed) {
        for (String word : tree.entries().keySet()) {
            if (!allowed.contains(word)) {
                unknown(word, owner, tree.placeOf(word), allowed, problems);
            }
        }
    }

    boolean has(String word) {
        return tree.find(word) != null;
    }

    /// Where the value of a word stands, or else the word, or else the mapping.
    Place place(String word) {
        Tree value = tree.find(word);
        return value == null ? tree.place() : value.place();
    }

    Tree.Entries tree() {
        return tree;
    }

    String needText(String word, String example) {
        need(word, example);
        return text(word, example).orElse("");
    }

    Optional<String> text(String word, String example) {
        Tree value = tree.find(word);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Tree.Leaf leaf && !leaf.text().isBlank()) {
            return Optional.of(leaf.text().strip());
        }
        invalid(word, "a text", value, example);
        return Optional.empty();
    }

    List<String> needList(String word, String example) {
        need(word, example);
        return list(word, example);
    }

    /// A list of texts, each at most once; empty when the word is not there.
    List<String> list(String word, String example) {
        Tree value = tree.find(word);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof Tree.Items items) || items.items().isEmpty()) {
            invalid(word, "a list", value, example);
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (Tree item : items.items()) {
            item(word, item, texts, example);
        }
        return texts;
    }

    private void item(String word, Tree item, List<String> texts, String example) {
        if (!(item instanceof Tree.Leaf leaf) || leaf.text().isBlank()) {
            invalid(word, "a list of texts", item, example);
            return;
        }
        if (texts.contains(leaf.text())) {
            problems.add(
                    ProblemCode.VALUE_INVALID,
                    item.place(),
                    "'" + word + "' of " + owner + " lists '" + leaf.text() + "' twice",
                    "keep one of the two");
            return;
        }
        texts.add(leaf.text());
    }

    /// The mapping a word has for a value.
    Optional<Tree.Entries> entries(String word, String example) {
        Tree value = tree.find(word);
        if (value instanceof Tree.Entries entries && !entries.entries().isEmpty()) {
            return Optional.of(entries);
        }
        if (value != null) {
            invalid(word, "words and values", value, example);
        }
        return Optional.empty();
    }

    /// One of an enum's words, written in lower case.
    <E extends Enum<E>> Optional<E> choice(String word, Class<E> family) {
        Tree value = tree.find(word);
        if (value == null) {
            return Optional.empty();
        }
        List<String> known = new ArrayList<>();
        for (E one : family.getEnumConstants()) {
            String text = one.name().toLowerCase(Locale.ROOT);
            if (value instanceof Tree.Leaf leaf && leaf.text().equals(text)) {
                return Optional.of(one);
            }
            known.add(text);
        }
        String written = value instanceof Tree.Leaf leaf ? leaf.text() : "";
        problems.add(
                ProblemCode.VALUE_INVALID,
                value.place(),
                "'"
                        + word
                        + "' of "
                        + owner
                        + " expects one of "
                        + String.join(", ", known)
                        + ", got "
                        + describe(value),
                Nearest.of(written, known)
                        .map(near -> "did you mean '" + near + "'?")
                        .orElse("write '" + word + ": " + known.getFirst() + "'"));
        return Optional.empty();
    }

    void need(String word, String example) {
        if (!has(word)) {
            problems.add(
                    ProblemCode.WORD_MISSING,
                    tree.place(),
                    "'" + word + "' is missing in " + owner,
                    "add '" + example + "'");
        }
    }

    void invalid(String word, String expected, Tree value, String example) {
        problems.add(
                ProblemCode.VALUE_INVALID,
                value.place(),
                "'" + word + "' of " + owner + " expects " + expected + ", got " + describe(value),
                "write it like '" + example + "'");
    }

    static String describe(@Nullable Tree tree) {
        return switch (tree) {
            case null -> "nothing";
            case Tree.Leaf leaf when leaf.text().isEmpty() -> "nothing";
            case Tree.Leaf leaf -> "'" + shorten(leaf.text()) + "'";
            case Tree.Items items -> items.items().isEmpty() ? "an empty list" : "a list";
            case Tree.Entries entries ->
                    entries.entries().isEmpty() ? "an empty mapping" : "words and values";
        };
    }

    private static String shorten(String text) {
        String line = text.lines().findFirst().orElse("");
        return line.length() > SHOWN_MAX || !line.equals(text)
                ? line.substring(0, Math.min(SHOWN_MAX, line.length())) + "…"
                : line;
    }
}
