package dev.mortise.api.soap.wsdl;

import dev.mortise.api.soap.schema.JsonSchemas;
import dev.mortise.api.soap.schema.Particle.Child;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What an envelope carries one way.
///
/// With one part in the body, the JSON of a message is what stands inside that part: the parameters
/// of a wrapped or `rpc` call, the content of a bare one. With several it is an object of them.
///
/// @param parts the elements of the body; for `rpc` the one that bears the operation's name
/// @param headers header blocks the binding declares
public record Message(List<Child> parts, List<Child> headers) {
    /// An empty body.
    public static final Message NONE = new Message(List.of(), List.of());

    public Message {
        parts = List.copyOf(parts);
        headers = List.copyOf(headers);
    }

    /// The JSON Schema of what a message is in JSON; its definitions gather in the schemas.
    ObjectNode jsonSchema(JsonSchemas schemas) {
        if (parts.size() == 1) {
            return schemas.schema(parts.getFirst());
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode().put("type", "object");
        ObjectNode properties = object.putObject("properties");
        ArrayNode required = object.putArray("required");
        for (Child part : parts) {
            properties.set(part.key(), schemas.schema(part));
            required.add(part.key());
        }
        return object;
    }
}
