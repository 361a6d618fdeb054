package dev.mortise.api.recipe;

import dev.mortise.api.recipe.PipeParser.Names;
import dev.mortise.api.recipe.Placement.Spot;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.option.TreeReader;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Reads where values are placed: `header.X-Sign: '{signature}'`, or, for a list of items in one
/// value, `{prefix: 'Acme ', separator: ',', items: 'id={id},sign={signature}'}`.
final class PlacementReader {
    private final Names names;
    private final List<Problem> problems;

    PlacementReader(Names names, List<Problem> problems) {
        this.names = names;
        this.problems = problems;
    }

    List<Placement> read(Map<String, Tree> trees) {
        List<Placement> placements = new ArrayList<>();
        trees.forEach((where, tree) -> placements.addAll(one(where, tree)));
        return placements;
    }

    /// The placement; none when a problem was added.
    private List<Placement> one(String where, Tree tree) {
        String word = where.contains(".") ? where.substring(0, where.indexOf('.')) : where;
        List<String> spots =
                Arrays.stream(Spot.values()).map(s -> s.name().toLowerCase(Locale.ROOT)).toList();
        if (!spots.contains(word) || where.length() < word.length() + 2) {
            problem(
                    tree,
                    "'" + where + "' is no place for a value",
                    spots.contains(word)
                            ? "write it like '" + word + ".X-Sign'"
                            : Nearest.fix(word, spots));
            return List.of();
        }
        Spot spot = Spot.valueOf(word.toUpperCase(Locale.ROOT));
        String name = where.substring(word.length() + 1);
        if (spot == Spot.JSON && (name.contains(".") || name.startsWith("*"))) {
            problem(
                    tree,
                    "'" + where + "' is no place for a value: only members of the body itself are",
                    "write it like 'json.sign'");
            return List.of();
        }
        if (tree instanceof Tree.Leaf leaf) {
            return placement(spot, name, "", "", tree, List.of(leaf.text()));
        }
        TreeReader inner = TreeReader.of(tree, "'" + where + "'", problems);
        String separator = inner.required("separator", ",");
        String items = inner.required("items", "id={id},sign={signature}");
        String prefix = inner.text("prefix", "");
        inner.end();
        return separator.isEmpty()
                ? List.of()
                : placement(
                        spot,
                        name,
                        prefix,
                        separator,
                        tree,
                        List.of(items.split(Pattern.quote(separator), -1)));
    }

    private List<Placement> placement(
            Spot spot,
            String name,
            String prefix,
            String separator,
            Tree tree,
            List<String> texts) {
        List<Template> items = new ArrayList<>();
        for (String text : texts) {
            PipeParser.template(text, tree.place(), "'" + name + "'", names, problems)
                    .ifPresent(items::add);
        }
        for (Template item : items) {
            if (!item.isReadable() || !item.names().stream().allMatch(this::isNamed)) {
                problem(
                        tree,
                        "what is placed in '" + name + "' cannot be read back",
                        "put only names in its holes, each once, and a character between two");
            }
        }
        if (items.size() > 1 && items.stream().anyMatch(PlacementReader::isBare)) {
            problem(
                    tree,
                    "an item of '" + name + "' is nothing but a value, so any item could be it",
                    "write it like 'id={id}'");
        }
        return items.isEmpty()
                ? List.of()
                : List.of(new Placement(spot, name, prefix, separator, items));
    }

    private static boolean isBare(Template item) {
        return item.parts().size() == 1 && item.constant().isEmpty();
    }

    private boolean isNamed(String name) {
        return names.values().containsKey(name) || names.settings().containsKey(name);
    }

    private void problem(Tree tree, String message, String fix) {
        problems.add(new Problem(ProblemCode.VALUE_INVALID, message, tree.place().toString(), fix));
    }
}
