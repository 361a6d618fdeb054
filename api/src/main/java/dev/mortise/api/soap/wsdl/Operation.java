package dev.mortise.api.soap.wsdl;

import dev.mortise.api.answer.JsonPath;
import dev.mortise.api.soap.schema.JsonSchemas;
import dev.mortise.api.soap.schema.Structure;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// One thing a service does, as one of its ports offers it.
///
/// @param id unique within the service: the operation's name, with the port before it when that
///     name is taken
/// @param action the SOAP action; empty when none is given
/// @param oneWay whether no answer is to be expected
/// @param json paths of string elements whose text is JSON; see [#jsonIn]
public record Operation(
        String id,
        String name,
        Endpoint endpoint,
        Style style,
        String action,
        Message input,
        Message output,
        boolean oneWay,
        Set<JsonPath> json) {
    /// How a binding lays out the body. Both are `literal`; `rpc/encoded` is not imported.
    public enum Style {
        DOCUMENT,
        RPC
    }

    /// Where an operation is offered.
    ///
    /// @param location the address; empty when the WSDL gives none
    public record Endpoint(
            String service, String port, String portType, String location, SoapVersion version) {}

    public Operation {
        json = Set.copyOf(json);
    }

    /// Whether the one part of the body is a wrapper around parameters that bears the name of the
    /// operation, as .NET and JAX-WS make them; otherwise a document is bare.
    public boolean wrapped() {
        return input.parts().size() == 1
                && input.parts().getFirst().name().getLocalPart().equals(name)
                && input.parts().getFirst().shape() instanceof Structure;
    }

    /// The same operation with a string element, in the call or the answer, whose text is JSON:
    /// given and returned as JSON, written as text.
    ///
    /// @param part its path without indexes, as `$.request.jsonParam`
    public Operation jsonIn(String part) {
        Set<JsonPath> paths = new HashSet<>(json);
        paths.add(JsonPath.parse(part));
        return new Operation(id, name, endpoint, style, action, input, output, oneWay, paths);
    }

    /// The `Content-Type` of a request without attachments.
    public String contentType() {
        return endpoint.version().contentType(action);
    }

    /// The header `SOAPAction` of SOAP 1.1, in its quotes; SOAP 1.2 has none.
    public Optional<String> actionHeader() {
        return endpoint.version() == SoapVersion.V1_1
                ? Optional.of("\"" + action + "\"")
                : Optional.empty();
    }

    /// The JSON Schema (2020-12) of a call: an object with `input` and `output`.
    public ObjectNode jsonSchema() {
        JsonSchemas schemas = new JsonSchemas("#/$defs/");
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", id).put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        properties.set("input", input.jsonSchema(schemas));
        properties.set("output", output.jsonSchema(schemas));
        schema.set("$defs", schemas.definitions());
        return schema;
    }
}
