package dev.mortise.api.soap;

import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Puts the bytes of parts, in Base64, in the place of their names `cid:ID`.
final class Inlining implements Mtom.Parts {
    /// Bytes of all parts; rows are no place for more.
    static final int BYTES_MAX = 64 << 20;

    private final Map<String, String> parts = new HashMap<>();
    private int left = BYTES_MAX;

    @Override
    public void accept(String name, String contentType, InputStream content) throws IOException {
        byte[] bytes = content.readNBytes(left + 1);
        left -= bytes.length;
        if (left < 0) {
            throw ProblemException.of(
                    ProblemCode.LIMIT_EXCEEDED,
                    "parts beside an answer hold at most %d bytes".formatted(BYTES_MAX),
                    "ask for fewer records at a time");
        }
        parts.put(name, Base64.getEncoder().encodeToString(bytes));
    }

    /// The value with every name of a part replaced; containers are changed in place.
    JsonNode into(JsonNode value) {
        if (parts.isEmpty()) {
            return value;
        }
        switch (value) {
            case ObjectNode object ->
                    object.properties().forEach(entry -> entry.setValue(into(entry.getValue())));
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    array.set(i, into(array.get(i)));
                }
            }
            default -> {}
        }
        String part = value.isString() ? parts.get(value.stringValue()) : null;
        return part == null ? value : JsonNodeFactory.instance.stringNode(part);
    }
}
