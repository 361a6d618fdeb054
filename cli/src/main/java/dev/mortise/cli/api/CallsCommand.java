package dev.mortise.cli.api;

import dev.mortise.api.calls.CallReport;
import dev.mortise.cli.Exit;
import dev.mortise.cli.Numbers;
import dev.mortise.cli.ProjectOptions;
import dev.mortise.cli.Table;
import dev.mortise.cli.Terminal;
import dev.mortise.engine.flow.Project;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "calls",
        description = "Shows what became of the calls of a connection: rates, latencies, errors.")
public final class CallsCommand implements Callable<Integer> {
    private static final int CLUSTERS_SHOWN = 20;

    private final Terminal terminal;

    @Mixin private ProjectOptions options = new ProjectOptions();

    @Parameters(
            paramLabel = "CONNECTION",
            descriptionKey = "CONNECTION",
            description = "name of a connection of type http")
    private String connection = "";

    @Option(
            names = "--hours",
            paramLabel = "N",
            description = "how far back to look; default: 24, at most 744")
    private int hours = 24;

    @Option(names = "--json", description = "print the report as one JSON object")
    private boolean json;

    public CallsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        Project project = options.load(terminal);
        if (!project.connections().containsKey(connection)) {
            Problem unknown =
                    Problem.of(
                            ProblemCode.CONNECTION_UNKNOWN,
                            "the project has no connection '" + connection + "'",
                            Nearest.fix(connection, project.connections().keySet()));
            terminal.problem(unknown);
            return Exit.of(List.of(unknown));
        }
        Instant since = Instant.now().minus(Duration.ofHours(Math.clamp(hours, 1, 744)));
        CallReport report = CallReport.of(options.state(), connection, since);
        if (json) {
            terminal.out(CallsJson.of(connection, report));
        } else {
            show(report);
        }
        return Exit.DONE;
    }

    private void show(CallReport report) {
        if (report.resources().isEmpty()) {
            terminal.out(terminal.word("calls.none", connection, Integer.toString(hours)));
            return;
        }
        new Table(
                        headings("resource", "calls", "success", "p50", "p95", "p99", "bytes"),
                        rows(report))
                .lines()
                .forEach(terminal::out);
        if (!report.errors().isEmpty()) {
            terminal.out("");
            new Table(
                            headings("resource", "outcome", "status", "code", "calls", "last"),
                            errors(report))
                    .lines()
                    .forEach(terminal::out);
            report.errors().stream()
                    .limit(CLUSTERS_SHOWN)
                    .map(CallReport.Cluster::sample)
                    .filter(sample -> !sample.isEmpty())
                    .forEach(sample -> terminal.out("  - " + sample));
        }
    }

    private List<String> headings(String... keys) {
        List<String> heading = new ArrayList<>();
        for (String key : keys) {
            heading.add(terminal.word("column." + key));
        }
        return heading;
    }

    private static List<List<String>> rows(CallReport report) {
        return report.resources().stream()
                .map(
                        r ->
                                List.of(
                                        r.name(),
                                        Numbers.grouped(r.calls()),
                                        percent(r.successRate()),
                                        millis(r.p50()),
                                        millis(r.p95()),
                                        millis(r.p99()),
                                        Numbers.bytes(r.bytes())))
                .toList();
    }

    private static List<List<String>> errors(CallReport report) {
        return report.errors().stream()
                .limit(CLUSTERS_SHOWN)
                .map(
                        e ->
                                List.of(
                                        e.resource(),
                                        e.outcome(),
                                        e.status() == 0 ? "-" : Integer.toString(e.status()),
                                        e.code().isEmpty() ? "-" : e.code(),
                                        Numbers.grouped(e.calls()),
                                        e.last().toString()))
                .toList();
    }

    /// Never rounded up to a whole hundred.
    private static String percent(double rate) {
        return String.format(Locale.ROOT, "%.2f %%", Math.floor(rate * 10_000) / 100);
    }

    private static String millis(long micros) {
        return String.format(Locale.ROOT, "%.1f ms", micros / 1_000.0);
    }
}
