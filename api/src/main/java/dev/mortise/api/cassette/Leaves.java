package dev.mortise.api.cassette;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The single values of a body by where they stand, so that two bodies can be told apart value by
/// value. A body that is no JSON is one value.
final class Leaves {
    private static final JsonMapper JSON = new JsonMapper();

    private final Map<String, String> values = new LinkedHashMap<>();

    private Leaves() {}

    static Map<String, String> of(byte[] body) {
        Leaves leaves = new Leaves();
        if (body.length > 0) {
            leaves.read(body);
        }
        return leaves.values;
    }

    private void read(byte[] body) {
        try {
            JsonNode root = JSON.readTree(body);
            if (root.isContainer()) {
                add("$", root);
                return;
            }
        } catch (JacksonException _) {
            // Some other format, compared whole.
        }
        values.put("$", new String(body, StandardCharsets.UTF_8));
    }

    private void add(String path, JsonNode node) {
        if (node.isObject()) {
            node.properties()
                    .forEach(member -> add(path + "." + member.getKey(), member.getValue()));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                add(path + "[" + i + "]", node.get(i));
            }
        } else {
            values.put(path, node.isString() ? node.stringValue() : node.toString());
        }
    }
}
