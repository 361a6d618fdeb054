package dev.mortise.cli;

import dev.mortise.engine.flow.Project;
import dev.mortise.engine.plan.ColumnProfile;
import dev.mortise.engine.plan.Connections;
import dev.mortise.engine.plan.CursorCandidates;
import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.connect.Health;
import dev.mortise.spi.connect.Reads;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Loss;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "discover",
        description = "Lists what a connection holds: datasets, rows, keys, cursors, risks.")
final class DiscoverCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private ProjectOptions options = new ProjectOptions();

    @Parameters(
            index = "0",
            paramLabel = "CONNECTION",
            descriptionKey = "CONNECTION",
            description = "name of a connection")
    private String connection = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "PATTERN",
            descriptionKey = "PATTERN",
            description = "which datasets, such as 'sales.*'; default: all")
    private String pattern = "*";

    @Option(names = "--profile", description = "look at the first rows of each dataset, too")
    private boolean profile;

    DiscoverCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Project project = options.load(terminal);
        try (Connections connections = new Connections(project.connections())) {
            Reads reads = connections.connector(connection, Reads.class, "read from");
            Health health = reads.check();
            health.problem().ifPresent(terminal::problem);
            if (!health.ok()) {
                return Exit.of(List.of(health.problem().get()));
            }
            list(reads);
            return Exit.DONE;
        }
    }

    private void list(Reads reads) {
        List<List<String>> rows = new ArrayList<>();
        List<Dataset> found = new ArrayList<>();
        for (String name : reads.datasets(pattern)) {
            try {
                found.add(reads.describe(name));
            } catch (ProblemException e) {
                terminal.problem(e.problem().at(connection + "." + name));
            }
        }
        found.forEach(dataset -> rows.add(row(dataset)));
        List<String> heading =
                List.of(
                        terminal.word("column.dataset"),
                        terminal.word("column.rows"),
                        terminal.word("column.key"),
                        terminal.word("column.cursor"),
                        terminal.word("column.risk"));
        new Table(heading, rows).lines().forEach(terminal::out);
        if (profile) {
            found.forEach(dataset -> profile(reads, dataset));
        } else if (found.size() == 1) {
            columns(found.getFirst()).lines().forEach(terminal::out);
        }
    }

    private static List<String> row(Dataset dataset) {
        long rows = dataset.rowsEstimated();
        return List.of(
                dataset.name(),
                rows < 0 ? "?" : Numbers.grouped(rows),
                String.join(", ", dataset.key()),
                String.join(", ", CursorCandidates.of(dataset)),
                String.join("; ", risks(dataset)));
    }

    private static List<String> risks(Dataset dataset) {
        List<String> risks = new ArrayList<>();
        if (dataset.key().isEmpty()) {
            risks.add("no key");
        }
        dataset.schema().fields().stream()
                .filter(field -> field.loss().kind() != Loss.Kind.LOSSLESS)
                .forEach(field -> risks.add(field.name() + ": " + field.loss().reason()));
        return risks;
    }

    private void profile(Reads reads, Dataset dataset) {
        List<List<String>> rows = new ArrayList<>();
        for (ColumnProfile column : ColumnProfile.of(reads, dataset)) {
            boolean many = column.distinct() > ColumnProfile.DISTINCT_MAX;
            rows.add(
                    List.of(
                            column.field().name(),
                            column.field().type().text(),
                            Math.round(column.nullShare() * 100) + " %",
                            (many ? "> " : "")
                                    + Math.min(column.distinct(), ColumnProfile.DISTINCT_MAX),
                            Integer.toString(column.longest()),
                            shortened(column.example())));
        }
        List<String> heading = new ArrayList<>();
        for (String key : List.of("column", "type", "nulls", "distinct", "longest", "example")) {
            heading.add(terminal.word("column." + key));
        }
        terminal.out("");
        terminal.out(dataset.name());
        new Table(heading, rows).lines().forEach(terminal::out);
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() > 40 ? line.substring(0, 40) + "…" : line;
    }

    private Table columns(Dataset dataset) {
        List<List<String>> rows = new ArrayList<>();
        for (Field field : dataset.schema().fields()) {
            rows.add(
                    List.of(
                            field.name(),
                            field.type().text() + (field.nullable() ? "" : " not null"),
                            String.valueOf(field.nativeType()),
                            field.comment() == null ? "" : field.comment()));
        }
        return new Table(
                List.of(
                        terminal.word("column.column"),
                        terminal.word("column.type"),
                        terminal.word("column.source.native"),
                        terminal.word("column.note")),
                rows);
    }
}
