package dev.mortise.engine.run;

import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/// Dead letters as lines of JSON. Every line stands alone, so that a letter can be replayed long
/// after the flow has changed.
public final class DeadLetterJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private DeadLetterJson() {}

    public static String lines(List<DeadLetter> letters) {
        StringBuilder lines = new StringBuilder();
        letters.forEach(letter -> lines.append(write(letter)).append('\n'));
        return lines.toString();
    }

    static String write(DeadLetter letter) {
        ObjectNode node = JSON.createObjectNode();
        node.put("id", letter.id());
        node.put("flow", letter.flow());
        node.put("run", letter.run());
        node.put("step", letter.step());
        node.put("stage", letter.stage());
        node.put("state", letter.state().name());
        node.put("attempts", letter.attempts());
        node.put("at", letter.at().toString());
        node.put("code", letter.problem().code().name());
        node.put("message", letter.problem().message());
        node.put("fix", letter.problem().fix());
        node.put("column", letter.column());
        node.set("types", texts(letter.types()));
        node.set("row", texts(letter.row()));
        node.put("raw", letter.raw());
        return node.toString();
    }

    private static ObjectNode texts(Map<String, ? extends @Nullable String> values) {
        ObjectNode node = JSON.createObjectNode();
        values.forEach(node::put);
        return node;
    }

    /// What [#lines] made of them.
    public static List<DeadLetter> letters(String lines) {
        return lines.lines().map(DeadLetterJson::read).toList();
    }

    static DeadLetter read(String line) {
        JsonNode node = JSON.readTree(line);
        Problem problem =
                Problem.of(
                        ProblemCode.valueOf(node.path("code").asString()),
                        node.path("message").asString(),
                        node.path("fix").asString());
        Map<String, String> types = new LinkedHashMap<>();
        node.path("types")
                .properties()
                .forEach(e -> types.put(e.getKey(), e.getValue().asString()));
        return new DeadLetter(
                node.path("id").asString(),
                node.path("flow").asString(),
                node.path("run").asString(),
                node.path("step").asString(),
                node.path("stage").asString(),
                problem,
                text(node.path("column")),
                types,
                row(node.path("row")),
                text(node.path("raw")),
                DeadLetter.State.valueOf(node.path("state").asString()),
                node.path("attempts").asInt(),
                Instant.parse(node.path("at").asString()));
    }

    /// The values of a row; null when the text is no JSON object.
    static @Nullable Map<String, @Nullable String> parseRow(String json) {
        try {
            JsonNode node = JSON.readTree(json);
            return node.isObject() ? row(node) : null;
        } catch (tools.jackson.core.JacksonException _) {
            return null;
        }
    }

    private static Map<String, @Nullable String> row(JsonNode node) {
        Map<String, @Nullable String> row = new LinkedHashMap<>();
        node.properties().forEach(entry -> row.put(entry.getKey(), text(entry.getValue())));
        return row;
    }

    private static @Nullable String text(JsonNode node) {
        return node.isNull() || node.isMissingNode() ? null : node.asString();
    }
}
