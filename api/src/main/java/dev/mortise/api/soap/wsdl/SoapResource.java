package dev.mortise.api.soap.wsdl;

import dev.mortise.api.answer.JsonPath;
import dev.mortise.api.soap.schema.Particle.Child;
import dev.mortise.api.soap.schema.Shape;
import dev.mortise.api.soap.schema.Structure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// An operation as a connection lists it, in the words of a REST resource.
///
/// @param name the id of the operation
/// @param template the JSON of a call with types for values: `decimal, required`
/// @param records where the records of the answer likely are: its first list from the outside in
public record SoapResource(
        String name, Operation operation, JsonNode template, Optional<JsonPath> records) {
    /// Values of a template; past them structures stay empty.
    private static final int VALUES_MAX = 1000;

    private static final int DEPTH_MAX = 12;

    static SoapResource of(Operation operation) {
        JsonNode template = new Template().message(operation.input());
        Optional<JsonPath> records = records(operation.output());
        return new SoapResource(operation.id(), operation, template, records);
    }

    private record Level(Structure structure, List<String> path) {}

    private static Optional<JsonPath> records(Message output) {
        Deque<Level> levels = new ArrayDeque<>();
        boolean single = output.parts().size() == 1;
        for (Child part : output.parts()) {
            descend(part, single ? List.of() : List.of(part.key()), levels);
        }
        Set<Structure> seen = new HashSet<>();
        while (!levels.isEmpty()) {
            Level level = levels.remove();
            if (!seen.add(level.structure())) {
                continue;
            }
            for (Map.Entry<String, Child> entry : level.structure().keys().entrySet()) {
                List<String> path = new ArrayList<>(level.path());
                path.add(entry.getKey());
                if (level.structure().list(entry.getKey())) {
                    return Optional.of(new JsonPath(path));
                }
                descend(entry.getValue(), path, levels);
            }
        }
        return Optional.empty();
    }

    private static void descend(Child child, List<String> path, Deque<Level> levels) {
        if (child.shape() instanceof Structure structure) {
            levels.add(new Level(structure, path));
        }
    }

    /// Makes templates; a structure inside itself is left empty.
    private static final class Template {
        private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

        private final Set<Structure> open = new HashSet<>();
        private int values;

        JsonNode message(Message message) {
            if (message.parts().size() == 1) {
                return shape(message.parts().getFirst().shape(), true);
            }
            ObjectNode object = JSON.objectNode();
            message.parts().forEach(p -> object.set(p.key(), shape(p.shape(), true)));
            return object;
        }

        private JsonNode shape(Shape shape, boolean required) {
            values++;
            String mark = required ? ", required" : "";
            return switch (shape) {
                case Shape.Value v -> JSON.stringNode(v.type() + mark);
                case Shape.Items items -> JSON.arrayNode().add(items.item().type() + mark);
                case Shape.Anything _ -> JSON.stringNode("any" + mark);
                case Structure structure -> structure(structure);
            };
        }

        private ObjectNode structure(Structure structure) {
            ObjectNode object = JSON.objectNode();
            if (open.size() >= DEPTH_MAX || values > VALUES_MAX || !open.add(structure)) {
                return object;
            }
            structure
                    .attributes()
                    .forEach(a -> object.set(a.key(), shape(a.shape(), a.required())));
            structure.text().ifPresent(t -> object.set(Structure.TEXT, shape(t, true)));
            Set<String> required = structure.particle().required();
            structure
                    .keys()
                    .forEach(
                            (key, child) -> {
                                JsonNode one = shape(child.shape(), required.contains(key));
                                boolean list = structure.list(key);
                                object.set(key, list ? JSON.arrayNode().add(one) : one);
                            });
            open.remove(structure);
            return object;
        }
    }
}
