package dev.mortise.api.soap.schema;

import dev.mortise.api.soap.schema.Particle.Child;
import java.util.HashMap;
import java.util.Map;
import javax.xml.namespace.QName;

/// Gives the children of a structure their keys in JSON: the local name, and with its namespace
/// when two of one name come from two namespaces.
final class Keys {
    private final Map<String, QName> names = new HashMap<>();

    Particle keyed(Particle particle) {
        return switch (particle) {
            case Child(var name, _, var shape, boolean nillable, int min, int max) ->
                    new Child(name, key(name), shape, nillable, min, max);
            case Particle.Sequence(var items, int min, int max) ->
                    new Particle.Sequence(items.stream().map(this::keyed).toList(), min, max);
            case Particle.Choice(var branches, int min, int max) ->
                    new Particle.Choice(branches.stream().map(this::keyed).toList(), min, max);
            case Particle.Wildcard wildcard -> wildcard;
        };
    }

    private String key(QName name) {
        QName first = names.computeIfAbsent(name.getLocalPart(), _ -> name);
        return first.equals(name) ? name.getLocalPart() : name.toString();
    }
}
