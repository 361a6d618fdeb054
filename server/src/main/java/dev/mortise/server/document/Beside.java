package dev.mortise.server.document;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// What the studio keeps beside a document's text, so that moving a step changes no text.
///
/// @param layout as JSON; null when nobody moved a step
record Beside(@Nullable JsonNode layout, List<String> tags) {
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .build();

    Beside {
        tags = tags == null ? List.of() : List.copyOf(tags);
    }

    static String text(List<Document> documents) {
        Map<String, Beside> all = new TreeMap<>();
        for (Document document : documents) {
            JsonNode layout = document.layout() == null ? null : JSON.readTree(document.layout());
            if (layout != null || !document.tags().isEmpty()) {
                all.put(document.file(), new Beside(layout, document.tags()));
            }
        }
        return JSON.writeValueAsString(all) + "\n";
    }

    /// By file. What cannot be read is nothing: it is where steps lie, not what they do.
    static Map<String, Beside> read(String text) {
        if (text.isBlank()) {
            return Map.of();
        }
        try {
            return JSON.readValue(
                    text,
                    JSON.getTypeFactory()
                            .constructMapType(TreeMap.class, String.class, Beside.class));
        } catch (JacksonException _) {
            return Map.of();
        }
    }
}
