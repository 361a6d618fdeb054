package dev.mortise.cli;

import dev.mortise.engine.lineage.Origin;
import dev.mortise.engine.lineage.Trace;
import dev.mortise.engine.plan.Node;
import dev.mortise.engine.plan.Pipeline;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Loss;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Shows a pipeline: what is read, the steps on the way, what the sink would do.
final class PlanText {
    private final Terminal terminal;

    PlanText(Terminal terminal) {
        this.terminal = terminal;
    }

    void show(Pipeline pipeline) {
        head(pipeline.head());
        for (Node.Rowwise row : pipeline.rows()) {
            terminal.out(terminal.word("plan.rowwise", row.step()));
        }
        terminal.out(
                terminal.word(
                        "plan.writes",
                        pipeline.connection(),
                        pipeline.target().dataset(),
                        pipeline.target().mode().name().toLowerCase(Locale.ROOT)));
        columns(pipeline).lines().forEach(terminal::out);
        if (!pipeline.sink().statements().isEmpty()) {
            terminal.out("  " + terminal.word("plan.ddl"));
            pipeline.sink().statements().forEach(s -> terminal.out("    " + s));
        }
        pipeline.sink().notes().forEach(n -> terminal.out("  " + terminal.word("plan.note", n)));
        terminal.out("");
    }

    /// What the columns of a write come from, and below them what decides over its rows.
    void show(String step, Trace trace) {
        List<List<String>> rows = new ArrayList<>();
        for (Trace.Column column : trace.columns()) {
            rows.add(List.of(column.name(), "←", origins(column.origins())));
        }
        if (!trace.rows().isEmpty()) {
            rows.add(List.of(terminal.word("lineage.rows"), "←", origins(trace.rows())));
        }
        terminal.out(terminal.word("lineage.step", step));
        List<String> heading =
                List.of(terminal.word("column.column"), "", terminal.word("lineage.from"));
        new Table(heading, rows).lines().forEach(terminal::out);
        terminal.out("");
    }

    private static String origins(Collection<Origin> origins) {
        return origins.stream().map(PlanText::origin).collect(Collectors.joining(", "));
    }

    private static String origin(Origin from) {
        return "%s.%s.%s (%s)"
                .formatted(from.connection(), from.dataset(), from.column(), from.how().word());
    }

    private void head(Node head) {
        switch (head) {
            case Node.Reading reading -> {
                String filter = reading.scan().filter().isPresent() ? "plan.filter" : "plan.whole";
                long rows = reading.dataset().rowsEstimated();
                terminal.out(
                        terminal.word(
                                "plan.reads",
                                reading.connection(),
                                reading.dataset().name(),
                                rows < 0 ? "?" : Numbers.grouped(rows),
                                terminal.word(filter)));
            }
            case Node.Querying query -> {
                query.inputs().values().forEach(this::input);
                terminal.out(terminal.word("plan.query", query.step()));
            }
            case Node.Rowwise row -> input(row);
        }
    }

    private void input(Node node) {
        if (node instanceof Node.Rowwise row) {
            input(row.input());
            terminal.out(terminal.word("plan.rowwise", row.step()));
        } else {
            head(node);
        }
    }

    private Table columns(Pipeline pipeline) {
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < pipeline.schema().size(); i++) {
            Field field = pipeline.schema().field(i);
            rows.add(
                    List.of(
                            field.name(),
                            field.type().text(),
                            pipeline.sink().nativeTypes().getOrDefault(field.name(), ""),
                            note(pipeline, field)));
        }
        return new Table(
                List.of(
                        terminal.word("column.column"),
                        terminal.word("column.type"),
                        terminal.word("column.native"),
                        terminal.word("column.note")),
                rows);
    }

    private String note(Pipeline pipeline, Field field) {
        Loss written = pipeline.sink().losses().getOrDefault(field.name(), Loss.NONE);
        Loss shown = written.kind().compareTo(field.loss().kind()) > 0 ? written : field.loss();
        return shown.kind() == Loss.Kind.LOSSLESS
                ? ""
                : shown.kind().name().toLowerCase(Locale.ROOT)
                        + ": "
                        + terminal.told(shown.reason());
    }
}
