package dev.mortise.testkit.vendor;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/// JSON as vendors read and write it.
public final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    /// The document; a missing node when the text is none.
    public static JsonNode read(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException _) {
            return MAPPER.missingNode();
        }
    }

    /// A part that may be an object or, as some clients send it, an object written into a string.
    public static JsonNode inside(JsonNode node) {
        return node.isString() ? read(node.asString()) : node;
    }

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }
}
