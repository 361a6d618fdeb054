package dev.mortise.api.draft.call;

import dev.mortise.api.draft.call.Shape.Bounds;
import dev.mortise.api.draft.call.Shape.Fields;
import dev.mortise.api.draft.call.Shape.Many;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a value that was seen looks like. Types are as wide as one sample cannot disprove: whole
/// numbers are `int64`, other numbers `decimal(38,10)` or `float64`, as the connector infers them.
public final class SampleShape {
    private static final int ITEMS_MAX = 200;
    private static final Type MONEY = new Decimal(38, 10);
    private static final String DAY = "\\d{4}-(0\\d|1[0-2])-([0-2]\\d|3[01])";
    private static final String CLOCK = "([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,6})?";
    private static final Map<Pattern, Type> TEXTS =
            Map.of(
                    Pattern.compile(DAY),
                    Scalar.DATE,
                    Pattern.compile(DAY + "[ T]" + CLOCK),
                    Scalar.TIMESTAMP,
                    Pattern.compile(DAY + "[ T]" + CLOCK + "(Z|[+-]\\d{2}:\\d{2})"),
                    Scalar.TIMESTAMPTZ,
                    Pattern.compile("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
                    Scalar.UUID);

    private SampleShape() {}

    public static Shape of(Tree tree) {
        return switch (tree) {
            case Tree.Leaf leaf -> leaf(leaf);
            case Tree.Items items -> new Many(items(items.items()));
            case Tree.Entries entries -> {
                Map<String, Shape> fields = new LinkedHashMap<>();
                entries.entries().forEach((name, value) -> fields.put(name, of(value)));
                yield new Fields(fields, Map.of());
            }
        };
    }

    /// What a parameter looks like that was sent as text.
    public static Shape ofText(String text) {
        boolean plain = text.matches("-?\\d{1,9}") || text.equals("true") || text.equals("false");
        return leaf(new Tree.Leaf(text, !plain, dev.mortise.spi.option.Place.NOWHERE));
    }

    private static Shape items(List<Tree> items) {
        Shape shape = Shape.NOTHING;
        for (Tree item : items.subList(0, Math.min(items.size(), ITEMS_MAX))) {
            shape = Shape.merge(shape, of(item));
        }
        return shape;
    }

    private static Shape leaf(Tree.Leaf leaf) {
        String text = leaf.text();
        if (!leaf.quoted()) {
            return text.isEmpty() ? Shape.NOTHING : value(plain(text), text, false);
        }
        boolean address = text.startsWith("http://") || text.startsWith("https://");
        return value(text.length() > 40 ? Scalar.TEXT : text(text), text, address);
    }

    private static Shape value(Type type, String text, boolean address) {
        // What was seen is of use as a page number or size, and nowhere else: it may be private.
        Optional<String> usual = Optional.of(text).filter(t -> t.matches("\\d{1,4}"));
        return new Shape.Value(
                type, address, new Bounds(usual, Optional.empty(), Optional.empty()));
    }

    private static Type plain(String text) {
        if (text.equals("true") || text.equals("false")) {
            return Scalar.BOOL;
        }
        if (text.matches("-?\\d{1,18}")) {
            return Scalar.INT64;
        }
        if (text.matches("-?\\d{1,28}(\\.\\d{1,10})?")) {
            return MONEY;
        }
        return text.matches("-?[\\d.]+([eE][+-]?\\d+)?") ? Scalar.FLOAT64 : Scalar.TEXT;
    }

    private static Type text(String text) {
        return TEXTS.entrySet().stream()
                .filter(known -> known.getKey().matcher(text).matches())
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(Scalar.TEXT);
    }
}
