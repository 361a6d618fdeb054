package dev.mortise.cli;

import dev.mortise.engine.plan.Node;
import dev.mortise.engine.plan.Pipeline;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Loss;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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

    private static String note(Pipeline pipeline, Field field) {
        Loss written = pipeline.sink().losses().getOrDefault(field.name(), Loss.NONE);
        Loss shown = written.kind().compareTo(field.loss().kind()) > 0 ? written : field.loss();
        return shown.kind() == Loss.Kind.LOSSLESS
                ? ""
                : shown.kind().name().toLowerCase(Locale.ROOT) + ": " + shown.reason();
    }
}
