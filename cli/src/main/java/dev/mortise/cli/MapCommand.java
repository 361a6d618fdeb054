package dev.mortise.cli;

import dev.mortise.engine.flow.Project;
import dev.mortise.engine.match.Band;
import dev.mortise.engine.match.FieldProfile;
import dev.mortise.engine.match.History;
import dev.mortise.engine.match.MappingYaml;
import dev.mortise.engine.match.Matcher;
import dev.mortise.engine.match.Profiles;
import dev.mortise.engine.match.Proposal;
import dev.mortise.engine.plan.Connections;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.Reads;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.connect.Snapshot;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "map", description = "Proposes which source column belongs to which target column.")
final class MapCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private ProjectOptions options = new ProjectOptions();

    @Parameters(
            index = "0",
            paramLabel = "SOURCE",
            descriptionKey = "SOURCE",
            description = "connection.dataset")
    private String source = "";

    @Parameters(
            index = "1",
            paramLabel = "TARGET",
            descriptionKey = "TARGET",
            description = "connection.dataset")
    private String target = "";

    @Option(
            names = "--sample",
            paramLabel = "N",
            description = "rows of each side to look at; 0: none; default: 100")
    private int sample = 100;

    @Option(names = "--accept", description = "remembers the mapping for the next time")
    private boolean accept;

    MapCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Project project = options.load(terminal);
        Path file = options.state().resolve("mappings.jsonl");
        History history = History.read(file, source, target);
        List<Proposal> proposals;
        try (Connections connections = new Connections(project.connections())) {
            List<FieldProfile> from = profiles(connections, source);
            List<FieldProfile> to = profiles(connections, target);
            proposals = new Matcher().match(from, to, history);
        }
        MappingYaml yaml = new MappingYaml(terminal::word);
        terminal.out("# " + source + " -> " + target);
        yaml.lines(source, proposals).forEach(terminal::out);
        terminal.err(summary(proposals));
        if (accept) {
            history.accept(file, proposals);
            terminal.err(terminal.word("map.accepted"));
        }
        return Exit.DONE;
    }

    private String summary(List<Proposal> proposals) {
        return terminal.word(
                "map.summary",
                count(proposals, Band.AUTO),
                count(proposals, Band.SUGGEST),
                count(proposals, Band.NONE),
                proposals.stream().filter(Proposal::missing).count());
    }

    private static long count(List<Proposal> proposals, Band band) {
        return proposals.stream().filter(p -> p.band() == band).count();
    }

    private List<FieldProfile> profiles(Connections connections, String name) {
        int dot = name.indexOf('.');
        if (dot <= 0 || dot == name.length() - 1) {
            throw ProblemException.of(
                    ProblemCode.CALL_INVALID,
                    "expected 'connection.dataset', got '" + name + "'",
                    "name both, such as erp.sales.sales_order");
        }
        Reads reads = connections.connector(name.substring(0, dot), Reads.class, "read from");
        Dataset dataset = reads.describe(name.substring(dot + 1));
        return Profiles.of(dataset, sample > 0 ? rows(reads, dataset) : List.of());
    }

    /// The first rows, as far as they are good.
    private List<Batch> rows(Reads reads, Dataset dataset) {
        List<Batch> batches = new ArrayList<>();
        try (Snapshot snapshot = reads.snapshot(dataset, Scan.ALL)) {
            List<Range> ranges = snapshot.ranges(sample);
            if (ranges.isEmpty()) {
                return batches;
            }
            try (Source rows = snapshot.source(ranges.getFirst(), _ -> {})) {
                Batch batch = rows.next();
                if (batch != null) {
                    batches.add(batch.slice(0, Math.min(sample, batch.rows())));
                }
            }
        }
        return batches;
    }
}
