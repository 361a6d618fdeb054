package dev.mortise.api.page;

import dev.mortise.api.answer.JsonPath;
import dev.mortise.spi.option.TreeReader;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Paths into a page as documents spell them: `$.data.items` for JSON, and for XML also
/// `/list/item`, whose names may hold dots.
public final class Paths {
    private Paths() {}

    public static Optional<JsonPath> parse(String text) {
        String bare = text.strip();
        if (bare.startsWith("/")) {
            List<String> steps = Arrays.asList(bare.substring(1).split("/", -1));
            return steps.contains("") ? Optional.empty() : Optional.of(new JsonPath(steps));
        }
        try {
            return Optional.of(JsonPath.parse(bare));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// The path below a word of a definition; what is none is reported.
    public static Optional<JsonPath> read(TreeReader reader, String name) {
        Optional<String> text = reader.text(name);
        Optional<JsonPath> path = text.flatMap(Paths::parse);
        if (text.isPresent() && path.isEmpty()) {
            reader.invalid(
                    name,
                    "a path such as '$.data.items', or '/list/item' in XML, got '"
                            + text.get()
                            + "'");
        }
        return path;
    }
}
