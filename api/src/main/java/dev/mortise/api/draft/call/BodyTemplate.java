package dev.mortise.api.draft.call;

import dev.mortise.api.draft.call.Operation.In;
import dev.mortise.api.draft.call.Operation.Param;
import dev.mortise.spi.option.Place;
import dev.mortise.spi.option.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Bodies as templates: secrets become placeholders, and what paging sends is taken out.
public final class BodyTemplate {
    private static final int DEPTH_MAX = 2;

    private BodyTemplate() {}

    /// A body that was seen, made harmless: secrets out, texts literal.
    public static Tree safe(Tree tree, Placeholders placeholders) {
        return safe("", tree, placeholders);
    }

    private static Tree safe(String name, Tree tree, Placeholders placeholders) {
        return switch (tree) {
            case Tree.Leaf leaf ->
                    new Tree.Leaf(
                            placeholders.value(name, leaf.text(), leaf.place()),
                            leaf.quoted(),
                            leaf.place());
            case Tree.Items items ->
                    new Tree.Items(
                            items.items().stream().map(i -> safe(name, i, placeholders)).toList(),
                            items.place());
            case Tree.Entries entries -> {
                Map<String, Tree> safe = new LinkedHashMap<>();
                entries.entries()
                        .forEach(
                                (inner, value) -> {
                                    if (placeholders.fits(inner, value.place())) {
                                        safe.put(inner, safe(inner, value, placeholders));
                                    }
                                });
                yield new Tree.Entries(safe, entries.names(), entries.place());
            }
        };
    }

    /// The same tree, every node of it at one place: that of the request it was a part of.
    public static Tree moved(Tree tree, Place place) {
        return switch (tree) {
            case Tree.Leaf leaf -> new Tree.Leaf(leaf.text(), leaf.quoted(), place);
            case Tree.Items items ->
                    new Tree.Items(
                            items.items().stream().map(i -> moved(i, place)).toList(), place);
            case Tree.Entries entries -> {
                Map<String, Tree> moved = new LinkedHashMap<>();
                entries.entries().forEach((name, value) -> moved.put(name, moved(value, place)));
                yield new Tree.Entries(moved, Map.of(), place);
            }
        };
    }

    /// The scalars of a template as parameters at dotted names, so that paging can be found there.
    public static List<Param> params(Tree template) {
        List<Param> params = new ArrayList<>();
        collect(template, "", params, 1);
        return params;
    }

    private static void collect(Tree tree, String above, List<Param> params, int depth) {
        if (!(tree instanceof Tree.Entries entries) || depth > DEPTH_MAX) {
            return;
        }
        entries.entries()
                .forEach(
                        (name, value) -> {
                            String path = above + name;
                            Place place = value.place();
                            if (value instanceof Tree.Leaf leaf && !name.contains(".")) {
                                Shape shape = SampleShape.of(leaf);
                                params.add(Param.sent(In.BODY, path, leaf.text(), shape, place));
                            } else if (!name.contains(".")) {
                                collect(value, path + ".", params, depth + 1);
                            }
                        });
    }

    /// The template without the entries at dotted names.
    public static Tree without(Tree template, Set<String> names) {
        return names.isEmpty() ? template : without(template, "", names);
    }

    private static Tree without(Tree tree, String above, Set<String> names) {
        if (!(tree instanceof Tree.Entries entries)) {
            return tree;
        }
        Map<String, Tree> left = new LinkedHashMap<>();
        entries.entries()
                .forEach(
                        (name, value) -> {
                            if (!names.contains(above + name)) {
                                left.put(name, without(value, above + name + ".", names));
                            }
                        });
        return new Tree.Entries(left, entries.names(), entries.place());
    }
}
