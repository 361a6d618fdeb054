package dev.mortise.api.soap;

import dev.mortise.api.soap.schema.Particle;
import dev.mortise.api.soap.schema.Structure;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// The children of a JSON object that are still to be written, by key.
final class Supply {
    /// A value and where it stands.
    record Item(JsonNode value, Path path) {}

    private final Map<String, Deque<Item>> left = new LinkedHashMap<>();
    private int count;

    /// @param object whose keys with `@` and whose text are not children
    Supply(Structure structure, JsonNode object, Path path) {
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            String key = entry.getKey();
            if (!key.startsWith("@") && !key.equals(Structure.TEXT)) {
                add(structure, key, entry.getValue(), path.child(key));
            }
        }
    }

    private void add(Structure structure, String key, JsonNode value, Path path) {
        Particle.Child child = structure.keys().get(key);
        boolean list = structure.list(key) || key.equals(Structure.ANY);
        // A null that cannot be written as one means that there is nothing.
        boolean absent = value.isNull() && (child == null || !child.nillable());
        if (absent || (list && value.isNull())) {
            return;
        }
        Deque<Item> items = left.computeIfAbsent(key, _ -> new ArrayDeque<>());
        if (!list || !value.isArray()) {
            items.add(new Item(value, path));
            count++;
            return;
        }
        for (JsonNode item : value.values()) {
            items.add(new Item(item, path.item(items.size())));
            count++;
        }
    }

    boolean has(String key) {
        return count(key) > 0;
    }

    /// Values of a key that are left.
    int count(String key) {
        Deque<Item> items = left.get(key);
        return items == null ? 0 : items.size();
    }

    /// Whether anything is left that could stand in a particle.
    boolean offers(Particle particle) {
        return covers(particle) > 0 || (particle.open() && has(Structure.ANY));
    }

    /// How many keys that are left can stand in a particle.
    int covers(Particle particle) {
        if (particle instanceof Particle.Child child) {
            return has(child.key()) ? 1 : 0;
        }
        return (int)
                particle.children().stream()
                        .map(Particle.Child::key)
                        .distinct()
                        .filter(this::has)
                        .count();
    }

    Item take(String key) {
        count--;
        return left.getOrDefault(key, new ArrayDeque<>()).remove();
    }

    /// Values that are left.
    int count() {
        return count;
    }

    /// Keys with values left over, the ones with none dropped.
    Set<String> rest() {
        left.values().removeIf(Deque::isEmpty);
        return left.keySet();
    }
}
