package dev.mortise.cli.api;

import dev.mortise.api.cassette.Cassette;
import dev.mortise.api.cassette.Playback;
import dev.mortise.cli.Exit;
import dev.mortise.cli.Numbers;
import dev.mortise.cli.ProjectOptions;
import dev.mortise.cli.Terminal;
import dev.mortise.spi.connect.Tapes;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "replay",
        description = "Reads what was recorded without the API; exit code 3 when rows differ.")
public final class ReplayCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Terminal terminal;

    @Mixin private ProjectOptions options = new ProjectOptions();

    @Parameters(
            paramLabel = "CONNECTION[.RESOURCE]",
            descriptionKey = "CONNECTION",
            description = "what to replay; without a resource all that was recorded")
    private String target = "";

    @Option(names = "--json", description = "print the outcome as one JSON object")
    private boolean json;

    private final ArrayNode told = JSON.createArrayNode();

    public ReplayCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        Taped taped = Taped.of(options, terminal, target);
        Shelf shelf = new Shelf(options.folder());
        Taped recorded = taped.named() ? taped : taped.recorded(shelf);
        int code = recorded.each(terminal, (tapes, resource) -> play(recorded, tapes, resource));
        if (json) {
            ObjectNode root = JSON.createObjectNode().put("connection", taped.connection());
            terminal.out(root.set("replayed", told).toString());
        }
        return code;
    }

    private int play(Taped taped, Tapes tapes, String resource) throws IOException {
        Shelf shelf = new Shelf(options.folder());
        String name = taped.connection() + "." + resource;
        Cassette cassette = shelf.load(shelf.file(taped.connection(), resource), name);
        ObjectNode outcome = told.addObject().put("resource", resource);
        outcome.put("recorded_at", cassette.kept().at().toString());
        try {
            Playback playback = Playback.of(tapes, resource, cassette.kept());
            List<String> differences = playback.result().differences(cassette.result());
            outcome.put("rows", playback.result().sums().rows());
            outcome.put("same", differences.isEmpty());
            differences.forEach(outcome.putArray("differences")::add);
            show(name, cassette, playback, differences);
            return differences.isEmpty() ? Exit.DONE : Exit.REJECTED;
        } catch (ProblemException e) {
            Problem problem = e.problem();
            outcome.put("same", false);
            outcome.putObject("problem")
                    .put("code", problem.code().name())
                    .put("message", problem.message())
                    .put("fix", problem.fix());
            if (problem.code() != ProblemCode.SOURCE_CHANGED) {
                throw e;
            }
            terminal.problem(problem);
            return Exit.REJECTED;
        }
    }

    private void show(String name, Cassette cassette, Playback playback, List<String> differences) {
        if (json) {
            return;
        }
        String key = differences.isEmpty() ? "replay.same" : "replay.differs";
        String rows = Numbers.grouped(playback.result().sums().rows());
        terminal.out(terminal.word(key, name, rows, cassette.kept().at().toString()));
        differences.forEach(difference -> terminal.out("  - " + difference));
    }
}
