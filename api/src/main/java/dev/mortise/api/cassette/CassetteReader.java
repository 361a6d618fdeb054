package dev.mortise.api.cassette;

import dev.mortise.api.cassette.Cassette.Title;
import dev.mortise.api.cassette.Facet.Extent;
import dev.mortise.api.cassette.Result.Sums;
import dev.mortise.api.yaml.YamlText;
import dev.mortise.spi.connect.Tapes.Answered;
import dev.mortise.spi.connect.Tapes.Asked;
import dev.mortise.spi.connect.Tapes.Conversation;
import dev.mortise.spi.connect.Tapes.Exchange;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.option.TreeReader;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Reads what [CassetteWriter] wrote, or what a person made of it. Every problem is found at once.
final class CassetteReader {
    private static final int COUNT_MAX = 999_999_999;

    private final List<Problem> problems = new ArrayList<>();

    private CassetteReader() {}

    /// @param file names the text in places
    /// @param problems gets what is wrong with it
    static Cassette read(String file, String text, List<Problem> problems) {
        CassetteReader reader = new CassetteReader();
        try {
            Tree tree = YamlText.read(file, text);
            return reader.cassette(TreeReader.of(tree, "the cassette", reader.problems));
        } catch (ProblemException e) {
            problems.add(e.problem());
            return reader.cassette(
                    new TreeReader(Tree.Entries.empty(), "the cassette", new ArrayList<>()));
        } finally {
            problems.addAll(reader.problems);
        }
    }

    private Cassette cassette(TreeReader reader) {
        if (!reader.required("cassette", "1").equals("1")) {
            reader.invalid("cassette", "1, the version of the format");
        }
        Title title =
                new Title(
                        reader.required("connection", "crm"),
                        reader.required("resource", "orders"),
                        reader.text("mortise", ""),
                        reader.words("mask"));
        Instant at = instant(reader);
        int pages = reader.integer("pages", 1, COUNT_MAX, 1);
        Map<String, String> accepted = reader.texts("accepted");
        Result result =
                reader.inner("result", "'result'")
                        .map(this::result)
                        .orElseGet(() -> new Result(Map.of(), List.of(), none()));
        Observed observed =
                reader.inner("observed", "'observed'")
                        .map(this::observed)
                        .orElseGet(() -> new Observed(0, 0, Map.of(), Map.of(), Map.of()));
        List<Exchange> exchanges = new ArrayList<>();
        if (reader.find("exchanges").orElse(null) instanceof Tree.Items items) {
            items.items().forEach(item -> exchanges.add(exchange(item)));
        }
        reader.end();
        Conversation kept = new Conversation(at, pages, exchanges);
        return new Cassette(title, kept, result, observed, accepted);
    }

    private static Sums none() {
        return new Sums(0, 0, "", Map.of(), List.of());
    }

    private static Instant instant(TreeReader reader) {
        String text = reader.required("recorded_at", "2026-11-26T04:00:00Z");
        try {
            return Instant.parse(text);
        } catch (DateTimeException _) {
            reader.invalid(
                    "recorded_at", "a time such as 2026-11-26T04:00:00Z, got '" + text + "'");
            return Instant.EPOCH;
        }
    }

    private Result result(TreeReader reader) {
        Map<String, String> types = new LinkedHashMap<>();
        Map<String, String> byColumn = new LinkedHashMap<>();
        reader.inner("columns", "'columns'")
                .ifPresent(
                        columns ->
                                columns.entries()
                                        .forEach(
                                                (name, tree) -> {
                                                    TreeReader column = inner(tree, name);
                                                    types.put(name, column.text("type", "text"));
                                                    byColumn.put(name, column.text("hash", ""));
                                                }));
        String each = reader.text("each", "").strip();
        Sums sums =
                new Sums(
                        count(reader, "rows"),
                        count(reader, "rejected"),
                        reader.text("hash", ""),
                        byColumn,
                        each.isEmpty() ? List.of() : List.of(each.split("\\s+")));
        Result result = new Result(types, reader.words("key"), sums);
        reader.end();
        return result;
    }

    private TreeReader inner(Tree tree, String name) {
        return TreeReader.of(tree, "'" + name + "'", problems);
    }

    private static int count(TreeReader reader, String name) {
        return reader.integer(name, 0, COUNT_MAX, 0);
    }

    private Observed observed(TreeReader reader) {
        Observed observed =
                new Observed(
                        count(reader, "records"),
                        count(reader, "repeated"),
                        facets(reader, "fields"),
                        facets(reader, "envelope"),
                        reader.texts("notices"));
        reader.end();
        return observed;
    }

    private Map<String, Facet> facets(TreeReader reader, String name) {
        Map<String, Facet> facets = new LinkedHashMap<>();
        reader.inner(name, "'" + name + "'")
                .ifPresent(
                        fields ->
                                fields.entries()
                                        .forEach(
                                                (path, tree) ->
                                                        facets.put(
                                                                path, facet(inner(tree, path)))));
        return facets;
    }

    private Facet facet(TreeReader reader) {
        Map<Form, Long> forms = new EnumMap<>(Form.class);
        reader.inner("forms", "'forms'")
                .ifPresent(
                        words ->
                                words.entries().keySet().forEach(word -> form(words, word, forms)));
        Extent extent =
                new Extent(
                        count(reader, "longest"), count(reader, "digits"), count(reader, "scale"));
        Facet facet =
                new Facet(
                        count(reader, "of"),
                        count(reader, "there"),
                        forms,
                        extent,
                        reader.words("values"));
        reader.end();
        return facet;
    }

    private static void form(TreeReader reader, String word, Map<Form, Long> forms) {
        try {
            Form form = Form.valueOf(word.toUpperCase(Locale.ROOT).replace(' ', '_'));
            forms.put(form, (long) count(reader, word));
        } catch (IllegalArgumentException _) {
            reader.invalid(word, "a form of value such as 'integer' or 'date'");
        }
    }

    private Exchange exchange(Tree tree) {
        TreeReader reader = TreeReader.of(tree, "an exchange", problems);
        String[] ask = reader.required("ask", "GET /orders").split(" ", 2);
        if (ask.length < 2) {
            reader.invalid("ask", "method and address, such as 'GET /orders'");
        }
        Asked asked =
                new Asked(
                        ask[0],
                        ask.length < 2 ? "/" : ask[1],
                        reader.texts("with"),
                        YamlBody.read(reader, "body"));
        Answered answered =
                new Answered(
                        reader.integer("status", 100, 999, 200),
                        reader.texts("headers"),
                        YamlBody.read(reader, "answer"));
        reader.end();
        return new Exchange(asked, answered);
    }
}
