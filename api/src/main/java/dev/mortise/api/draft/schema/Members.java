package dev.mortise.api.draft.schema;

import dev.mortise.api.draft.text.Node;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// The properties of an object and of the parts of its `allOf`, not resolved, and which of them it
/// requires.
public record Members(Map<String, Node> properties, Set<String> required) {
    private static final int DEPTH_MAX = 6;

    /// Schemas looked at for one object; parts of parts grow by powers.
    private static final int PARTS_MAX = 2_000;

    public Members {
        properties = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(properties));
        required = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(required));
    }

    static Members of(Refs refs, Node schema) {
        Gathering gathering = new Gathering(refs);
        gathering.add(schema, 1);
        return new Members(gathering.properties, gathering.required);
    }

    private static final class Gathering {
        private final Refs refs;
        private final Map<String, Node> properties = new LinkedHashMap<>();
        private final Set<String> required = new LinkedHashSet<>();
        private int parts;

        Gathering(Refs refs) {
            this.refs = refs;
        }

        void add(Node written, int depth) {
            if (depth > DEPTH_MAX || ++parts > PARTS_MAX) {
                return;
            }
            Node schema = refs.resolve(written);
            schema.entries("properties").forEach(properties::putIfAbsent);
            schema.items("required").forEach(name -> name.text().ifPresent(required::add));
            schema.items("allOf").forEach(part -> add(part, depth + 1));
        }
    }
}
