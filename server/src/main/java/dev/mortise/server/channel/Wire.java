package dev.mortise.server.channel;

import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// JSON as vendors write it.
final class Wire {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Wire() {}

    static String text(Object value) {
        return JSON.writeValueAsString(value);
    }

    /// The first of some names that an answer has with a number.
    static OptionalLong code(String body, String... names) {
        Optional<JsonNode> tree = read(body);
        for (String name : names) {
            JsonNode value = tree.map(found -> found.path(name)).orElse(null);
            if (value != null && value.isNumber()) {
                return OptionalLong.of(value.asLong());
            }
        }
        return OptionalLong.empty();
    }

    private static Optional<JsonNode> read(String body) {
        try {
            return Optional.of(JSON.readTree(body));
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }
}
