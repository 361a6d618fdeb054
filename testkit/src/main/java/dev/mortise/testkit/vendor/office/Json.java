package dev.mortise.testkit.vendor.office;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// JSON as vendors read and write it; numbers keep their digits.
final class Json {
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build();

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /// Empty when the text is no JSON.
    static Optional<JsonNode> node(String text) {
        try {
            return Optional.of(MAPPER.readTree(text));
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }

    /// Empty when the text is no JSON object.
    static Optional<ObjectNode> read(String text) {
        return node(text).filter(ObjectNode.class::isInstance).map(ObjectNode.class::cast);
    }

    static String write(JsonNode node) {
        return MAPPER.writeValueAsString(node);
    }

    /// The text of a member, a number by its digits; empty when there is none.
    ///
    /// @param name of it, or a JSON pointer to it
    static String text(JsonNode object, String name) {
        JsonNode value = name.startsWith("/") ? object.at(name) : object.path(name);
        if (value.isNumber()) {
            return value.decimalValue().toPlainString();
        }
        return value.isMissingNode() || value.isNull() ? "" : value.asString();
    }
}
