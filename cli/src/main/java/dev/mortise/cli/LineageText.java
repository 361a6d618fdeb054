package dev.mortise.cli;

import dev.mortise.engine.lineage.Origin;
import dev.mortise.engine.lineage.Trace;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/// Shows what the columns of a write come from, and below them what decides over its rows.
final class LineageText {
    private final Terminal terminal;

    LineageText(Terminal terminal) {
        this.terminal = terminal;
    }

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
        return origins.stream()
                .map(o -> "%s.%s.%s %s".formatted(o.connection(), o.dataset(), o.column(), how(o)))
                .collect(Collectors.joining(", "));
    }

    private static String how(Origin origin) {
        return "(" + origin.how().word() + ")";
    }
}
