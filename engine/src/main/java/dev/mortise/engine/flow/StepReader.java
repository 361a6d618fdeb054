package dev.mortise.engine.flow;

import static java.util.Objects.requireNonNull;

import dev.mortise.spi.connect.WriteMode;
import dev.mortise.spi.option.Place;
import dev.mortise.spi.option.Settings;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.problem.ProblemCode;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads one step. A step that is wrong still becomes a record, with harmless gaps, so that the
/// reader sees what else is wrong; the flow around it is thrown away then.
final class StepReader {
    static final List<String> KINDS =
            List.of("read", "map", "sql", "expect", "dedupe", "union", "call", "write", "where");

    private static final Map<String, List<String>> WORDS =
            Map.of(
                    "read", List.of("read", "columns", "where", "incremental"),
                    "map", List.of("from", "map", "lossy"),
                    "sql", List.of("sql"),
                    "expect", List.of("from", "expect"),
                    "dedupe", List.of("from", "dedupe", "order"),
                    "union", List.of("union"),
                    "call", CallReader.WORDS,
                    "write", List.of("from", "write", "mode", "key", "lossy", "formerly"),
                    "where", List.of("from", "where"));

    private static final List<String> VOCABULARY =
            WORDS.values().stream().flatMap(List::stream).distinct().sorted().toList();

    private final DatasetNames datasets;
    private final StepGraph graph;
    private final Problems problems;
    private @Nullable String previous;

    StepReader(DatasetNames datasets, StepGraph graph, Problems problems) {
        this.datasets = datasets;
        this.graph = graph;
        this.problems = problems;
    }

    /// Steps are to be read in the order written. Empty when it cannot be told what the step does.
    Optional<Step> read(String name, Place place, Tree value) {
        String owner = "step '" + name + "'";
        if (!(value instanceof Tree.Entries entries) || entries.entries().isEmpty()) {
            problems.add(
                    ProblemCode.VALUE_INVALID,
                    value.place(),
                    owner + " expects words and values, got " + Words.describe(value),
                    "write it like '" + name + ": {read: erp.sales_order}'");
            graph.leaveOpen();
            return Optional.empty();
        }
        Words words = Words.of(entries, owner, VOCABULARY, problems);
        String kind = kind(words, name, place);
        Optional<Step> step = Optional.empty();
        if (!kind.isEmpty()) {
            words.only(WORDS.getOrDefault(kind, List.of()));
            step = Optional.of(step(kind, name, place, words));
        }
        previous = kind.equals("write") ? previous : name;
        return step;
    }

    private String kind(Words words, String name, Place place) {
        List<String> kinds = KINDS.stream().filter(words::has).toList();
        boolean filtered = kinds.size() == 2 && words.has("read") && words.has("where");
        if (kinds.size() == 1 || filtered) {
            return kinds.getFirst();
        }
        boolean none = kinds.isEmpty();
        problems.add(
                none ? ProblemCode.WORD_MISSING : ProblemCode.DOCUMENT_INVALID,
                place,
                "step '"
                        + name
                        + "' expects exactly one of "
                        + String.join(", ", KINDS)
                        + ", got "
                        + (none ? "none of them" : String.join(" and ", kinds)),
                none ? "say what the step does" : "make a step of each");
        graph.leaveOpen();
        return "";
    }

    private Step step(String kind, String name, Place place, Words words) {
        return switch (kind) {
            case "read" -> read(name, place, words);
            case "map" -> new MapReader(problems).read(name, from(name, words), place, words);
            case "sql" -> sql(name, place, words);
            case "expect" ->
                    new Step.Expect(
                            name,
                            from(name, words),
                            new RuleReader(problems).read(name, words),
                            place);
            case "dedupe" ->
                    new Step.Dedupe(
                            name,
                            from(name, words),
                            words.list("dedupe", "dedupe: [customer_no]"),
                            words.text("order", "order: updated_at desc"),
                            place);
            case "union" -> union(name, place, words);
            case "call" ->
                    new CallReader(datasets, problems).read(name, from(name, words), place, words);
            case "write" -> write(name, place, words);
            case "where" ->
                    new Step.Where(
                            name,
                            from(name, words),
                            words.needText("where", "where: amount > 0"),
                            place);
            default -> throw new IllegalStateException("unknown kind " + kind);
        };
    }

    private String from(String name, Words words) {
        String before = previous == null ? "orders" : previous;
        String from = words.needText("from", "from: " + before);
        if (from.isEmpty()) {
            graph.leaveOpen();
        } else {
            graph.link(name, from, "from", words.place("from"));
        }
        return from;
    }

    private Step.Read read(String name, Place place, Words words) {
        DatasetNames.Name dataset = datasets.read(words, "read", "read: erp.sales_order");
        return new Step.Read(
                name,
                dataset.connection(),
                dataset.dataset(),
                words.list("columns", "columns: [order_no, amount]"),
                words.text("where", "where: amount is not null"),
                cursor(name, words),
                place);
    }

    private Optional<Step.Cursor> cursor(String name, Words words) {
        String example = "incremental: {by: updated_at, lookback: 10m}";
        return words.entries("incremental", example).map(entries -> cursor(name, entries, example));
    }

    private Step.Cursor cursor(String name, Tree.Entries entries, String example) {
        List<String> known = List.of("by", "lookback");
        Words words = Words.of(entries, "'incremental' of step '" + name + "'", known, problems);
        words.only(known);
        Duration lookback =
                words.text("lookback", example)
                        .map(text -> duration(text, words, example))
                        .orElse(Duration.ZERO);
        return new Step.Cursor(words.needText("by", "by: updated_at"), lookback);
    }

    private static Duration duration(String text, Words words, String example) {
        Optional<Duration> duration = Settings.parseDuration(text);
        if (duration.isEmpty()) {
            Tree value = words.tree().find("lookback");
            words.invalid(
                    "lookback",
                    "a number and a unit (ms, s, m, h, d)",
                    value == null ? words.tree() : value,
                    example);
        }
        return duration.orElse(Duration.ZERO);
    }

    private Step.Sql sql(String name, Place place, Words words) {
        String query = words.needText("sql", "sql: select * from orders");
        if (query.isEmpty()) {
            graph.leaveOpen();
        }
        Set<String> inputs = new LinkedHashSet<>();
        for (String table : SqlTables.of(query)) {
            String input = graph.named(table).orElse(table);
            if (inputs.add(input)) {
                graph.link(name, input, "sql", words.place("sql"));
            }
        }
        return new Step.Sql(name, query, List.copyOf(inputs), place);
    }

    private Step.Union union(String name, Place place, Words words) {
        List<String> inputs = words.list("union", "union: [orders_2024, orders_2025]");
        inputs.forEach(input -> graph.link(name, input, "union", words.place("union")));
        if (inputs.isEmpty()) {
            graph.leaveOpen();
        } else if (inputs.size() == 1) {
            words.invalid(
                    "union",
                    "two steps or more",
                    new Tree.Leaf(inputs.getFirst(), false, words.place("union")),
                    "union: [orders_2024, orders_2025]");
        }
        return new Step.Union(name, inputs, place);
    }

    private Step.Write write(String name, Place place, Words words) {
        graph.write(name);
        DatasetNames.Name dataset = datasets.read(words, "write", "write: crm.sales_order");
        words.need("mode", "mode: append' or 'upsert', 'replace', 'mirror");
        WriteMode mode = words.choice("mode", WriteMode.class).orElse(WriteMode.APPEND);
        List<String> key = words.list("key", "key: [order_no]");
        if (!words.has("key") && (mode == WriteMode.UPSERT || mode == WriteMode.MIRROR)) {
            problems.add(
                    ProblemCode.KEY_REQUIRED,
                    words.place("mode"),
                    "mode '"
                            + mode.name().toLowerCase(java.util.Locale.ROOT)
                            + "' of step '"
                            + name
                            + "' needs a key to tell rows apart",
                    "add 'key: [order_no]' with the columns that identify a row");
        }
        return new Step.Write(
                name,
                from(name, words),
                dataset.connection(),
                dataset.dataset(),
                mode,
                key,
                lossy(words),
                formerly(words, "formerly: " + name + "_before"),
                place);
    }

    /// Under which name a flow or a step was known; empty for its own.
    static Optional<String> formerly(Words words, String example) {
        Optional<String> name = words.text("formerly", example);
        if (name.isPresent() && !Document.isName(name.get())) {
            words.invalid(
                    "formerly",
                    "letters, digits, '_' and '-'",
                    requireNonNull(words.tree().find("formerly")),
                    example);
            return Optional.empty();
        }
        return name;
    }

    /// `lossy: allow` for all columns, or a list of them.
    static Set<String> lossy(Words words) {
        if (words.tree().find("lossy") instanceof Tree.Leaf leaf) {
            if (leaf.text().equals("allow")) {
                return Set.of("*");
            }
            words.invalid("lossy", "'allow' or a list of columns", leaf, "lossy: allow");
            return Set.of();
        }
        return Set.copyOf(words.list("lossy", "lossy: [amount]"));
    }
}
