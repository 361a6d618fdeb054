package dev.mortise.cli.api;

import dev.mortise.api.cassette.Cassette;
import dev.mortise.api.cassette.Change;
import dev.mortise.cli.Table;
import dev.mortise.cli.Terminal;
import dev.mortise.engine.plan.Touched;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// How drift is shown: the gravest first, each with what it comes to.
record DriftText(Terminal terminal) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SHOWN_MAX = 60;
    private static final int TOUCHED_MAX = 8;

    /// @param known whether it was accepted before
    record Found(Change change, List<Touched> touched, boolean known) {}

    /// @param before what the API was compared with
    record Compared(String resource, Cassette before, List<Found> found) {}

    void show(String name, Compared compared) {
        String at = compared.before.kept().at().toString();
        List<Found> fresh = compared.found.stream().filter(f -> !f.known).toList();
        int known = compared.found.size() - fresh.size();
        if (fresh.isEmpty()) {
            terminal.out(terminal.word("drift.none", name, at, Integer.toString(known)));
            return;
        }
        String count = Integer.toString(fresh.size());
        terminal.out(terminal.word("drift.some", name, at, count, Integer.toString(known)));
        List<String> heading =
                Stream.of("severity", "change", "field", "before", "now", "touches", "print")
                        .map(word -> terminal.word("column." + word))
                        .toList();
        List<List<String>> rows = new ArrayList<>();
        fresh.forEach(found -> rows.addAll(rows(found)));
        new Table(heading, rows).lines().forEach(terminal::out);
    }

    /// A row for the change, and one for each further column it comes to.
    private List<List<String>> rows(Found found) {
        Change change = found.change;
        List<String> touched =
                found.touched.stream()
                        .map(one -> Touches.told(one) + " (" + one.how().word() + ")")
                        .toList();
        List<List<String>> rows = new ArrayList<>();
        rows.add(
                List.of(
                        terminal.word("severity." + change.severity().word()),
                        change.kind().word(),
                        change.path(),
                        shown(change.before()),
                        shown(change.after()),
                        touched.isEmpty() ? "-" : touched.getFirst(),
                        change.fingerprint()));
        touched.stream()
                .skip(1)
                .limit(TOUCHED_MAX)
                .forEach(more -> rows.add(List.of("", "", "", "", "", more, "")));
        if (touched.size() > TOUCHED_MAX + 1) {
            String more = "+" + (touched.size() - TOUCHED_MAX - 1);
            rows.add(List.of("", "", "", "", "", more, ""));
        }
        return rows;
    }

    private static String shown(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() > SHOWN_MAX ? line.substring(0, SHOWN_MAX) + "…" : line;
    }

    static String json(String connection, List<Compared> compared) {
        ObjectNode root = JSON.createObjectNode().put("connection", connection);
        ArrayNode resources = root.putArray("resources");
        for (Compared one : compared) {
            ObjectNode resource = resources.addObject().put("resource", one.resource);
            resource.put("recorded_at", one.before.kept().at().toString());
            ArrayNode changes = resource.putArray("changes");
            one.found.forEach(found -> json(found, changes.addObject()));
        }
        return root.toString();
    }

    private static void json(Found found, ObjectNode to) {
        Change change = found.change;
        to.put("fingerprint", change.fingerprint())
                .put("kind", change.kind().word())
                .put("path", change.path())
                .put("before", change.before())
                .put("after", change.after())
                .put("severity", change.severity().word())
                .put("accepted", found.known);
        ArrayNode touches = to.putArray("touches");
        for (Touched touched : found.touched) {
            touches.addObject()
                    .put("flow", touched.flow())
                    .put("step", touched.step())
                    .put("column", touched.column())
                    .put("how", touched.how().word());
        }
    }
}
