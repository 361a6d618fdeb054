package dev.mortise.engine.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Verdicts as JSON, in reports and in notes.
final class VerdictJson {
    private VerdictJson() {}

    static void put(ObjectNode node, StepVerdict verdict) {
        node.put("step", verdict.step());
        node.put("dataset", verdict.dataset());
        node.put("source_rows", verdict.sourceRows());
        node.put("target_rows", verdict.targetRows());
        node.put("missing", verdict.missing());
        node.put("extra", verdict.extra());
        node.put("different", verdict.different());
        node.put("expected", verdict.expected());
        node.put("resumed_rows", verdict.resumedRows());
        put(node.putArray("differences"), verdict.differences());
    }

    static void put(ArrayNode nodes, List<Difference> differences) {
        differences.forEach(difference -> put(nodes.addObject(), difference));
    }

    private static void put(ObjectNode node, Difference difference) {
        node.put("kind", difference.kind().name().toLowerCase(Locale.ROOT));
        ObjectNode key = node.putObject("key");
        difference.key().forEach(key::put);
        ObjectNode columns = node.putObject("columns");
        difference
                .columns()
                .forEach(
                        (name, values) ->
                                columns.putObject(name)
                                        .put("source", values.source())
                                        .put("target", values.target()));
    }

    static StepVerdict verdict(JsonNode node) {
        return new StepVerdict(
                node.path("step").asString(),
                node.path("dataset").asString(),
                node.path("source_rows").asLong(),
                node.path("target_rows").asLong(),
                node.path("missing").asLong(),
                node.path("extra").asLong(),
                node.path("different").asLong(),
                node.path("expected").asLong(),
                node.path("resumed_rows").asLong(),
                differences(node.path("differences")));
    }

    static List<Difference> differences(JsonNode nodes) {
        List<Difference> differences = new ArrayList<>();
        nodes.forEach(node -> differences.add(difference(node)));
        return differences;
    }

    private static Difference difference(JsonNode node) {
        Map<String, @Nullable String> key = new LinkedHashMap<>();
        node.path("key").forEachEntry((name, value) -> key.put(name, text(value)));
        Map<String, Difference.Values> columns = new LinkedHashMap<>();
        node.path("columns")
                .forEachEntry(
                        (name, values) ->
                                columns.put(
                                        name,
                                        new Difference.Values(
                                                text(values.path("source")),
                                                text(values.path("target")))));
        String kind = node.path("kind").asString().toUpperCase(Locale.ROOT);
        return new Difference(Difference.Kind.valueOf(kind), key, columns);
    }

    private static @Nullable String text(JsonNode value) {
        return value.isNull() ? null : value.asString();
    }
}
