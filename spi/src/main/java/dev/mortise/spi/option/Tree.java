package dev.mortise.spi.option;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A document or a part of one, as its author wrote it: every node knows its place. Scalars stay
/// text, for only the reader of an option knows what type it has.
public sealed interface Tree {
    Place place();

    /// A scalar.
    ///
    /// @param text what stands there; empty for `null` and for nothing
    /// @param quoted whether it stood in quotes, so that `"1"` is text and `1` a number
    record Leaf(String text, boolean quoted, Place place) implements Tree {}

    record Items(List<Tree> items, Place place) implements Tree {
        public Items {
            items = List.copyOf(items);
        }
    }

    /// Names and values in the order written.
    ///
    /// @param names where each name itself stands
    record Entries(Map<String, Tree> entries, Map<String, Place> names, Place place)
            implements Tree {
        public Entries {
            entries = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(entries));
            names = Map.copyOf(names);
        }

        public static Entries empty() {
            return new Entries(Map.of(), Map.of(), Place.NOWHERE);
        }

        public @Nullable Tree find(String name) {
            return entries.get(name);
        }

        public Place placeOf(String name) {
            return names.getOrDefault(name, place);
        }

        /// The text of a scalar entry, or null when there is none.
        public @Nullable String text(String name) {
            return entries.get(name) instanceof Leaf leaf ? leaf.text() : null;
        }
    }
}
