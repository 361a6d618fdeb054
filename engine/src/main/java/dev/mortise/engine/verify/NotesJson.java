package dev.mortise.engine.verify;

import dev.mortise.spi.connect.Range;
import dev.mortise.spi.digest.Digest;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The notes of a verification as text.
final class NotesJson {
    private static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    /// A file of notes.
    ///
    /// @param at when it was written
    record Page(String run, Instant at, Map<String, Notes.Entry> entries) {}

    private NotesJson() {}

    static String write(Page page) {
        ObjectNode root = JSON.createObjectNode();
        root.put("version", VERSION);
        root.put("run", page.run());
        root.put("at", page.at().toString());
        ObjectNode steps = root.putObject("steps");
        page.entries().forEach((name, entry) -> put(steps.putObject(name), entry));
        return root.toString();
    }

    private static void put(ObjectNode node, Notes.Entry entry) {
        node.put("fingerprint", entry.fingerprint());
        node.put("form", entry.form());
        put(node, "source", entry.source());
        put(node, "target", entry.target());
        RowDiff.Found found = entry.found();
        if (found != null) {
            put(node.putObject("found"), found);
        }
        StepVerdict verdict = entry.verdict();
        if (verdict != null) {
            VerdictJson.put(node.putObject("verdict"), verdict);
        }
    }

    private static void put(ObjectNode node, String name, @Nullable Reach reach) {
        if (reach == null) {
            return;
        }
        ObjectNode side = node.putObject(name);
        side.put("set_aside", reach.setAside());
        ArrayNode left = side.putArray("left");
        reach.left().forEach(r -> left.addObject().put("part", r.part()).put("bounds", r.bounds()));
        ArrayNode sums = side.putArray("sums");
        reach.sums().forEach(digest -> sums.add(digest.rows()).add(digest.sum()));
    }

    private static void put(ObjectNode node, RowDiff.Found found) {
        node.put("portions", found.portions());
        node.put("missing", found.missing());
        node.put("extra", found.extra());
        node.put("different", found.different());
        node.put("expected", found.expected());
        VerdictJson.put(node.putArray("differences"), found.shown());
    }

    /// What cannot be read holds nothing: then the verification begins anew.
    static Page read(String text) {
        try {
            JsonNode root = JSON.readTree(text);
            Map<String, Notes.Entry> entries = new LinkedHashMap<>();
            if (root.path("version").asInt(0) == VERSION) {
                root.path("steps").forEachEntry((name, node) -> entries.put(name, entry(node)));
            }
            Instant at = Instant.parse(root.path("at").asString(""));
            return new Page(root.path("run").asString(""), at, entries);
        } catch (JacksonException | DateTimeParseException _) {
            return new Page("", Instant.EPOCH, Map.of());
        }
    }

    private static Notes.Entry entry(JsonNode node) {
        return new Notes.Entry(
                node.path("fingerprint").asString(""),
                node.path("form").asString(""),
                node.has("source") ? reach(node.path("source")) : null,
                node.has("target") ? reach(node.path("target")) : null,
                node.has("found") ? found(node.path("found")) : null,
                node.has("verdict") ? VerdictJson.verdict(node.path("verdict")) : null);
    }

    private static Reach reach(JsonNode node) {
        List<Range> left = new ArrayList<>();
        for (JsonNode range : node.path("left")) {
            left.add(new Range(range.path("part").asInt(), range.path("bounds").asString()));
        }
        List<Digest> sums = new ArrayList<>();
        JsonNode numbers = node.path("sums");
        for (int i = 0; i < numbers.size(); i += 2) {
            sums.add(new Digest(numbers.path(i).asLong(), numbers.path(i + 1).asLong()));
        }
        return new Reach(left, sums, node.path("set_aside").asLong());
    }

    private static RowDiff.Found found(JsonNode node) {
        return new RowDiff.Found(
                node.path("portions").asInt(),
                node.path("missing").asLong(),
                node.path("extra").asLong(),
                node.path("different").asLong(),
                node.path("expected").asLong(),
                VerdictJson.differences(node.path("differences")));
    }
}
