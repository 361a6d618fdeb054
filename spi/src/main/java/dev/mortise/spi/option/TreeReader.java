package dev.mortise.spi.option;

import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Reads one subtree word by word and notes every problem with its place. Each word asked for is a
/// known word; [#end] reports the others. What is wrong gives its fallback, so that reading goes
/// on to the next problem.
public final class TreeReader {
    private final Tree.Entries tree;
    private final String what;
    private final List<Problem> problems;
    private final Set<String> asked = new TreeSet<>();

    /// @param what names the subtree in messages: `resource 'orders'`
    public TreeReader(Tree.Entries tree, String what, List<Problem> problems) {
        this.tree = tree;
        this.what = what;
        this.problems = problems;
    }

    public static TreeReader of(Tree tree, String what, List<Problem> problems) {
        if (tree instanceof Tree.Entries entries) {
            return new TreeReader(entries, what, problems);
        }
        boolean nothing = tree instanceof Tree.Leaf leaf && leaf.text().isEmpty();
        if (!nothing) {
            problems.add(
                    new Problem(
                            ProblemCode.OPTION_INVALID,
                            what + " expects names with values",
                            tree.place().toString(),
                            "write it as 'name: value' lines below"));
        }
        return new TreeReader(new Tree.Entries(Map.of(), Map.of(), tree.place()), what, problems);
    }

    public Place place() {
        return tree.place();
    }

    public List<Problem> problems() {
        return problems;
    }

    /// The subtree below a word; empty when the word is absent or stands for nothing.
    public Optional<Tree> find(String name) {
        asked.add(name);
        Tree found = tree.find(name);
        boolean nothing = found instanceof Tree.Leaf leaf && leaf.text().isEmpty();
        return nothing ? Optional.empty() : Optional.ofNullable(found);
    }

    public Optional<String> text(String name) {
        Optional<Tree> found = find(name);
        if (found.isPresent() && !(found.get() instanceof Tree.Leaf)) {
            invalid(name, "a single value");
        }
        return found.filter(Tree.Leaf.class::isInstance).map(leaf -> ((Tree.Leaf) leaf).text());
    }

    public String text(String name, String fallback) {
        return text(name).orElse(fallback);
    }

    public String required(String name, String example) {
        Optional<String> text = text(name);
        if (text.isEmpty() && !tree.entries().containsKey(name)) {
            problem(
                    ProblemCode.OPTION_MISSING,
                    tree.place(),
                    "'" + name + "' is missing in " + what,
                    "add '" + name + ": " + example + "'");
        } else if (text.isEmpty()) {
            invalid(name, "a value such as '" + example + "'");
        }
        return text.orElse("");
    }

    public int integer(String name, int min, int max, int fallback) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return fallback;
        }
        if (text.get().matches("\\d{1,9}")) {
            int number = Integer.parseInt(text.get());
            if (number >= min && number <= max) {
                return number;
            }
        }
        invalid(name, min + " to " + max + ", got '" + text.get() + "'");
        return fallback;
    }

    public boolean bool(String name, boolean fallback) {
        String text = text(name, Boolean.toString(fallback));
        if (!text.equals("true") && !text.equals("false")) {
            invalid(name, "true or false, got '" + text + "'");
        }
        return text.equals("true");
    }

    public String choice(String name, String fallback, List<String> choices) {
        String text = text(name, fallback);
        if (choices.contains(text)) {
            return text;
        }
        problem(
                ProblemCode.OPTION_INVALID,
                placeOf(name),
                "'%s' in %s expects one of %s, got '%s'"
                        .formatted(name, what, String.join(", ", choices), text),
                Nearest.fix(text, choices));
        return fallback;
    }

    /// Names and single values, in the order written.
    public Map<String, String> texts(String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        find(name)
                .ifPresent(
                        found -> {
                            TreeReader inner = of(found, "'" + name + "' of " + what, problems);
                            for (String word : inner.tree.entries().keySet()) {
                                texts.put(word, inner.text(word, ""));
                            }
                        });
        return texts;
    }

    /// A list of words, or one word.
    public List<String> words(String name) {
        Optional<Tree> found = find(name);
        if (found.isEmpty()) {
            return List.of();
        }
        return switch (found.get()) {
            case Tree.Leaf leaf -> List.of(leaf.text());
            case Tree.Items items ->
                    items.items().stream()
                            .filter(Tree.Leaf.class::isInstance)
                            .map(item -> ((Tree.Leaf) item).text())
                            .toList();
            case Tree.Entries _ -> {
                invalid(name, "a list such as [id]");
                yield List.of();
            }
        };
    }

    /// The subtree of names below a word.
    public Optional<TreeReader> inner(String name, String called) {
        return find(name).map(found -> of(found, called, problems));
    }

    public Map<String, Tree> entries() {
        asked.addAll(tree.entries().keySet());
        return tree.entries();
    }

    public Place placeOf(String name) {
        Tree found = tree.find(name);
        return found == null ? tree.place() : found.place();
    }

    public void invalid(String name, String expected) {
        problem(
                ProblemCode.OPTION_INVALID,
                placeOf(name),
                "'" + name + "' in " + what + " expects " + expected,
                "mend the value, or leave '" + name + "' out");
    }

    public void problem(ProblemCode code, Place place, String message, String fix) {
        problems.add(new Problem(code, message, place.toString(), fix));
    }

    /// Reports the words nobody asked for.
    public void end() {
        for (String name : tree.entries().keySet()) {
            if (!asked.contains(name)) {
                problem(
                        ProblemCode.OPTION_UNKNOWN,
                        tree.placeOf(name),
                        "unknown word '" + name + "' in " + what,
                        Nearest.fix(name, asked));
            }
        }
    }
}
