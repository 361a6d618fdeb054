package dev.mortise.api.write;

import dev.mortise.api.answer.JsonPath;
import dev.mortise.spi.option.TreeReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Where an answer says what became of each row of a call. Vendors do so in one list for all rows,
/// or in one of the refused and one of the accepted.
///
/// @param each one entry a row; empty when there are two lists
/// @param refused entries of refused rows; empty when `each` tells
/// @param accepted entries of accepted rows; empty when those of a success are
///     that were not refused
/// @param index where an entry has the place of its row; empty when entries stand as rows were sent
/// @param first the place of the first row
/// @param ok which entries of `each` mean success; empty when those without a message do
/// @param message where an entry says what is wrong
public record Results(
        Optional<JsonPath> each,
        Optional<JsonPath> refused,
        Optional<JsonPath> accepted,
        Optional<JsonPath> index,
        int first,
        Optional<Success> ok,
        JsonPath message) {
    /// The most characters shown of a reason.
    private static final int REASON_MAX = 500;

    private static final JsonMapper JSON = new JsonMapper();

    /// @param is the texts that mean success
    public record Success(JsonPath at, List<String> is) {
        public Success {
            is = List.copyOf(is);
        }
    }

    /// What is known of the rows of one call, by their places from 0.
    ///
    /// @param refused why a row was refused, the first rows first
    /// @param accepted rows of which the answer says that they were accepted
    public record Told(Map<Integer, String> refused, Set<Integer> accepted) {
        public Told {
            refused = Collections.unmodifiableSortedMap(new TreeMap<>(refused));
            accepted = Set.copyOf(accepted);
        }

        public boolean isEmpty() {
            return refused.isEmpty() && accepted.isEmpty();
        }
    }

    /// Reads `results`; empty when it names no list.
    static Optional<Results> read(TreeReader reader) {
        Results results =
                new Results(
                        JsonPath.read(reader, "each"),
                        JsonPath.read(reader, "refused"),
                        JsonPath.read(reader, "accepted"),
                        JsonPath.read(reader, "index"),
                        reader.integer("first", 0, 1, 0),
                        reader.inner("ok", "'ok' of 'results'").flatMap(Results::success),
                        JsonPath.read(reader, "message").orElse(JsonPath.parse("message")));
        reader.end();
        boolean one = results.each.isPresent();
        if (one == results.refused.isPresent()) {
            reader.invalid("each", "a path to one list, or 'refused' with a path to another");
            return Optional.empty();
        }
        if (!one && results.index.isEmpty()) {
            reader.required("index", "$.row");
        }
        return Optional.of(results);
    }

    private static Optional<Success> success(TreeReader reader) {
        Optional<JsonPath> at = JsonPath.read(reader, "at");
        List<String> is = reader.words("is");
        reader.end();
        if (at.isEmpty() || is.isEmpty()) {
            reader.invalid("at", "{at: status, is: [created]}");
            return Optional.empty();
        }
        return Optional.of(new Success(at.get(), is));
    }

    /// What an answer tells of the rows of its call; empty when an entry's place is none of theirs,
    /// or it does not tell of all: a reason is never put on the wrong row. Lists of a refusal need
    /// not tell of all, and no row counts as accepted there only because it has no message.
    ///
    /// @param rows how many were sent
    /// @param success whether the call was one by the contract of the connection
    public Optional<Told> told(byte[] body, int rows, boolean success) {
        JsonNode root;
        try {
            root = JSON.readTree(body);
        } catch (JacksonException _) {
            return Optional.empty();
        }
        Map<Integer, String> reasons = new HashMap<>();
        Set<Integer> good = new HashSet<>();
        List<JsonNode> entries = list(root, each.or(() -> refused).orElseThrow());
        boolean silent = success && accepted.isEmpty() && !listed(root);
        if (silent || (each.isPresent() && index.isEmpty() && entries.size() != rows)) {
            return Optional.empty();
        }
        for (int i = 0; i < entries.size(); i++) {
            JsonNode entry = entries.get(i);
            Optional<Integer> place = place(entry, i, rows);
            if (place.isEmpty()) {
                return Optional.empty();
            }
            if (each.isPresent() && succeeded(entry)) {
                good.add(place.get());
            } else {
                reasons.merge(place.get(), reason(entry), (a, b) -> shortened(a + "; " + b));
            }
        }
        for (JsonNode entry : accepted.map(path -> list(root, path)).orElse(List.of())) {
            place(entry, -1, rows).ifPresent(good::add);
        }
        good.removeAll(reasons.keySet());
        boolean all = each.isPresent() || (success && accepted.isPresent());
        if (all && reasons.size() + good.size() != rows) {
            return Optional.empty();
        }
        boolean proven = success || each.isEmpty() || ok.isPresent();
        return Optional.of(new Told(reasons, proven ? good : Set.of()));
    }

    /// Whether the list that tells is there, perhaps with nothing in it.
    private boolean listed(JsonNode root) {
        List<String> steps = each.or(() -> refused).orElseThrow().steps();
        int last = steps.size();
        while (last > 0 && steps.get(last - 1).equals(JsonPath.EVERY)) {
            last--;
        }
        return !at(root, steps.subList(0, last)).isEmpty();
    }

    private Optional<Integer> place(JsonNode entry, int order, int rows) {
        if (index.isEmpty()) {
            return Optional.of(order);
        }
        return text(entry, index.get())
                .filter(text -> text.matches("\\d{1,9}"))
                .map(text -> Integer.parseInt(text) - first)
                .filter(place -> place >= 0 && place < rows);
    }

    private boolean succeeded(JsonNode entry) {
        return ok.map(s -> text(entry, s.at()).filter(s.is()::contains).isPresent())
                .orElseGet(() -> text(entry, message).isEmpty());
    }

    private String reason(JsonNode entry) {
        return shortened(text(entry, message).orElseGet(entry::toString));
    }

    private static String shortened(String text) {
        return text.length() > REASON_MAX ? text.substring(0, REASON_MAX) + "…" : text;
    }

    private static Optional<String> text(JsonNode from, JsonPath path) {
        return at(from, path.steps()).stream()
                .filter(node -> node.isValueNode() && !node.isNull())
                .map(JsonNode::asString)
                .filter(text -> !text.isEmpty())
                .findFirst();
    }

    private static List<JsonNode> list(JsonNode root, JsonPath path) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode node : at(root, path.steps())) {
            if (node.isArray()) {
                node.forEach(found::add);
            } else if (node.isObject()) {
                found.add(node);
            }
        }
        return found;
    }

    private static List<JsonNode> at(JsonNode from, List<String> steps) {
        List<JsonNode> found = List.of(from);
        for (String step : steps) {
            List<JsonNode> next = new ArrayList<>();
            for (JsonNode node : found) {
                if (step.equals(JsonPath.EVERY)) {
                    node.forEach(next::add);
                } else if (node.has(step)) {
                    next.add(node.get(step));
                }
            }
            found = next;
        }
        return found;
    }
}
