package dev.mortise.api.soap.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.namespace.QName;

/// A place in the content of an element: an element, a group of places, or a wildcard.
public sealed interface Particle {
    /// `maxOccurs="unbounded"`.
    int UNBOUNDED = Integer.MAX_VALUE;

    /// How often it must stand here.
    int min();

    /// How often it may stand here.
    int max();

    /// @param name with its namespace, or none when the schema leaves local elements unqualified
    /// @param key its name in JSON
    /// @param nillable whether `xsi:nil` may stand for it, which is null in JSON
    record Child(QName name, String key, Shape shape, boolean nillable, int min, int max)
            implements Particle {
        public Child times(int atLeast, int atMost) {
            return new Child(name, key, shape, nillable, atLeast, atMost);
        }
    }

    /// One after the other; `xs:all` is written in this order and read in any.
    record Sequence(List<Particle> items, int min, int max) implements Particle {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /// One of several.
    record Choice(List<Particle> branches, int min, int max) implements Particle {
        public Choice {
            branches = List.copyOf(branches);
        }
    }

    /// `xs:any`: markup as text, under the key `#any`.
    record Wildcard(int min, int max) implements Particle {}

    /// Every element below, in order of appearance.
    default List<Child> children() {
        List<Child> found = new ArrayList<>();
        collect(this, found);
        return found;
    }

    private static void collect(Particle particle, List<Child> found) {
        switch (particle) {
            case Child child -> found.add(child);
            case Sequence(var items, _, _) -> items.forEach(i -> collect(i, found));
            case Choice(var branches, _, _) -> branches.forEach(b -> collect(b, found));
            case Wildcard _ -> {}
        }
    }

    /// Whether a wildcard stands here or below.
    default boolean open() {
        return switch (this) {
            case Child _ -> false;
            case Sequence(var items, _, _) -> items.stream().anyMatch(Particle::open);
            case Choice(var branches, _, _) -> branches.stream().anyMatch(Particle::open);
            case Wildcard _ -> true;
        };
    }

    /// Whether a document may have nothing here.
    default boolean emptiable() {
        return min() == 0
                || switch (this) {
                    case Child _, Wildcard _ -> false;
                    case Sequence(var items, _, _) -> items.stream().allMatch(Particle::emptiable);
                    case Choice(var branches, _, _) ->
                            branches.isEmpty() || branches.stream().anyMatch(Particle::emptiable);
                };
    }

    /// How often each key can stand here at most; more than once makes it a list in JSON.
    default Map<String, Long> most() {
        Map<String, Long> most = new HashMap<>();
        switch (this) {
            case Child child -> most.put(child.key(), 1L);
            case Sequence(var items, _, _) ->
                    items.forEach(i -> i.most().forEach((k, n) -> most.merge(k, n, Long::sum)));
            case Choice(var branches, _, _) ->
                    branches.forEach(b -> b.most().forEach((k, n) -> most.merge(k, n, Long::max)));
            case Wildcard _ -> {}
        }
        most.replaceAll((_, n) -> Math.min(UNBOUNDED, n * max()));
        return most;
    }

    /// The keys that stand in every document.
    default Set<String> required() {
        Set<String> required = new HashSet<>();
        switch (this) {
            case Child child -> required.add(child.key());
            case Sequence(var items, _, _) -> items.forEach(i -> required.addAll(i.required()));
            case Choice(var branches, _, _) -> {
                List<Set<String>> each = branches.stream().map(Particle::required).toList();
                each.stream().limit(1).forEach(required::addAll);
                each.forEach(required::retainAll);
            }
            case Wildcard _ -> {}
        }
        return min() == 0 ? new HashSet<>() : required;
    }
}
