package dev.mortise.api.paging;

import dev.mortise.spi.option.TreeReader;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// A resource that is asked for once for each record of another one.
///
/// @param resource the other one
/// @param field its column, or path in its records
/// @param as what the value is called in path, params and body, and as a column
/// @param empties whether none of the first values needs to have anything
public record ForEach(String resource, String field, String as, boolean empties) {
    /// Resources that depend on each other, one behind the other.
    public static final int DEPTH_MAX = 5;

    private static final int VALUES_MAX = 1_000_000;
    private static final int VALUE_MAX = 1_000;

    /// Characters of the values of one part: its position has to fit beside them.
    private static final int PART_CHARACTERS = 2_000;

    private static final int PART_VALUES = 100;

    public static ForEach read(TreeReader reader) {
        String resource = reader.required("resource", "orders");
        String field = reader.required("field", "id");
        String as = reader.text("as", field.substring(field.lastIndexOf('.') + 1));
        boolean empties =
                reader.choice("empties", "check", List.of("check", "allow")).equals("allow");
        reader.end();
        return new ForEach(resource, field, as, empties);
    }

    /// Values on their way into parts: each once, in the order they came.
    public final class Parts {
        private final Set<String> values = new LinkedHashSet<>();

        public void add(String value) {
            if (value.isEmpty()) {
                return;
            }
            values.add(value);
            if (values.size() > VALUES_MAX || value.length() > VALUE_MAX) {
                throw ProblemException.of(
                        ProblemCode.LIMIT_EXCEEDED,
                        "'for_each' takes at most %d values of %d characters, '%s' of '%s' has more"
                                .formatted(VALUES_MAX, VALUE_MAX, field, resource),
                        "ask '" + resource + "' for less, by its 'params'");
            }
        }

        public List<Scope> scopes() {
            List<Scope> scopes = new ArrayList<>();
            List<String> part = new ArrayList<>();
            int characters = 0;
            for (String value : values) {
                boolean full =
                        part.size() == PART_VALUES || characters + value.length() > PART_CHARACTERS;
                if (full && !part.isEmpty()) {
                    scopes.add(new Scope.Each(part));
                    part = new ArrayList<>();
                    characters = 0;
                }
                part.add(value);
                characters += value.length() + 1;
            }
            if (!part.isEmpty()) {
                scopes.add(new Scope.Each(part));
            }
            return scopes;
        }
    }
}
