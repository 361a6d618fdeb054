package dev.mortise.api.page;

import dev.mortise.api.answer.Charsets;
import dev.mortise.api.answer.JsonPath;
import dev.mortise.spi.option.TreeReader;
import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How the answers of a resource become records.
///
/// @param fields names of the values of records that are arrays; none when they are objects
/// @param each where in a record its child rows stand; empty when the record is the row
/// @param parent columns that a child row has of its record, with their paths in it
public record Shape(
        Body body, List<String> fields, Optional<JsonPath> each, Map<String, List<String>> parent) {
    public static final Shape PLAIN = new Shape(Body.PLAIN, List.of(), Optional.empty(), Map.of());

    public Shape {
        fields = List.copyOf(fields);
        parent = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(parent));
    }

    /// @param what the resource as it is called in problems
    public static Shape read(TreeReader reader, String what) {
        Optional<Format> format =
                reader.find("format").isEmpty()
                        ? Optional.empty()
                        : Optional.of(Format.of(reader.choice("format", "json", Format.WORDS)));
        Body body =
                new Body(
                        format,
                        charset(reader),
                        reader.inner("csv", "'csv' of " + what).map(Shape::csv).orElse(Csv.PLAIN),
                        reader.text("entry", ""));
        List<String> fields = reader.words("fields");
        Optional<JsonPath> each = Paths.read(reader, "each");
        Map<String, List<String>> parent = parent(reader, what);
        if (each.isPresent() && each.get().steps().isEmpty()) {
            reader.invalid("each", "a path within a record, such as '$.lines'");
        }
        if (each.isEmpty() && !parent.isEmpty()) {
            reader.invalid("parent", "'each' beside it");
        }
        if (each.isPresent() && !fields.isEmpty()) {
            reader.invalid("fields", "records that are rows, without 'each'");
        }
        return new Shape(body, fields, each, parent);
    }

    private static Map<String, List<String>> parent(TreeReader reader, String what) {
        Map<String, List<String>> parent = new LinkedHashMap<>();
        Optional<TreeReader> inner = reader.inner("parent", "'parent' of " + what);
        for (String name :
                inner.map(found -> found.entries().keySet()).orElse(java.util.Set.of())) {
            List<String> steps =
                    Paths.read(inner.get(), name).map(JsonPath::steps).orElse(List.of());
            if (steps.isEmpty() || steps.contains(JsonPath.EVERY)) {
                inner.get().invalid(name, "a path of names, such as '$.order_no'");
            }
            parent.put(name, steps);
        }
        return parent;
    }

    private static Optional<Charset> charset(TreeReader reader) {
        Optional<String> name = reader.text("charset");
        Optional<Charset> charset = name.flatMap(Charsets::named);
        if (name.isPresent() && charset.isEmpty()) {
            reader.invalid(
                    "charset", "one that Java knows, such as gb18030, got '" + name.get() + "'");
        }
        return charset;
    }

    private static Csv csv(TreeReader reader) {
        char delimiter = character(reader, "delimiter", ',');
        char quote = character(reader, "quote", '"');
        boolean header = reader.bool("header", true);
        List<String> names = reader.words("names");
        int skip = reader.integer("skip", 0, 1_000, 0);
        int footer = reader.integer("footer", 0, 1_000, 0);
        String strip = reader.text("strip", "");
        if (!header && names.isEmpty()) {
            reader.invalid("header", "true, or 'names' beside it");
        }
        reader.end();
        return new Csv(delimiter, quote, header, names, skip, footer, strip);
    }

    private static char character(TreeReader reader, String name, char fallback) {
        String text = reader.text(name, String.valueOf(fallback));
        return switch (text) {
            case "tab", "\\t" -> '\t';
            case "none" -> 0;
            default -> {
                if (text.length() != 1) {
                    reader.invalid(name, "one character, tab or none, got '" + text + "'");
                }
                yield text.charAt(0);
            }
        };
    }
}
