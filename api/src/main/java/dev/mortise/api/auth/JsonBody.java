package dev.mortise.api.auth;

import dev.mortise.spi.option.Tree;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// A subtree of a definition as JSON: what stands without quotes and looks like a number, `true`,
/// `false` or `null` is one.
final class JsonBody {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d{0,17})(\\.\\d{1,17})?");

    private JsonBody() {}

    static byte[] bytes(Tree tree) {
        return JSON.writeValueAsBytes(value(tree));
    }

    static Map<String, Object> object(Tree tree) {
        Map<String, Object> object = new LinkedHashMap<>();
        if (tree instanceof Tree.Entries entries) {
            entries.entries()
                    .forEach(
                            (name, inner) -> {
                                Object value = value(inner);
                                if (value != null) {
                                    object.put(name, value);
                                }
                            });
        }
        return object;
    }

    /// The same subtree with every text changed.
    static Tree filled(Tree tree, UnaryOperator<String> change) {
        return switch (tree) {
            case Tree.Leaf(var text, var quoted, var place) ->
                    new Tree.Leaf(change.apply(text), quoted, place);
            case Tree.Items(var items, var place) ->
                    new Tree.Items(items.stream().map(i -> filled(i, change)).toList(), place);
            case Tree.Entries(var entries, var names, var place) -> {
                Map<String, Tree> filled = new LinkedHashMap<>();
                entries.forEach((name, inner) -> filled.put(name, filled(inner, change)));
                yield new Tree.Entries(filled, names, place);
            }
        };
    }

    private static @Nullable Object value(Tree tree) {
        return switch (tree) {
            case Tree.Leaf leaf -> leaf.quoted() ? leaf.text() : literal(leaf.text());
            case Tree.Items items -> {
                List<@Nullable Object> list = new ArrayList<>();
                items.items().forEach(item -> list.add(value(item)));
                yield list;
            }
            case Tree.Entries entries -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                entries.entries().forEach((name, inner) -> map.put(name, value(inner)));
                yield map;
            }
        };
    }

    private static @Nullable Object literal(String text) {
        return switch (text) {
            case "", "null", "~" -> null;
            case "true" -> true;
            case "false" -> false;
            default -> NUMBER.matcher(text).matches() ? new BigDecimal(text) : text;
        };
    }
}
