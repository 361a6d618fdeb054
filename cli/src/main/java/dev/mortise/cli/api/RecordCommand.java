package dev.mortise.cli.api;

import dev.mortise.api.cassette.Cassette;
import dev.mortise.api.cassette.Playback;
import dev.mortise.cli.Exit;
import dev.mortise.cli.Mortise;
import dev.mortise.cli.Numbers;
import dev.mortise.cli.ProjectOptions;
import dev.mortise.cli.Table;
import dev.mortise.cli.Terminal;
import dev.mortise.spi.connect.Tapes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
        name = "record",
        description = "Keeps what an API answers, so that it can be replayed and compared.")
public final class RecordCommand implements Callable<Integer> {
    private static final int PAGES_MAX = 100;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Terminal terminal;

    @Mixin private ProjectOptions options = new ProjectOptions();

    @Parameters(
            paramLabel = "CONNECTION[.RESOURCE]",
            descriptionKey = "CONNECTION",
            description = "what to record; without a resource all that can be read")
    private String target = "";

    @Option(
            names = "--pages",
            paramLabel = "N",
            description = "pages of each resource; default: 3, at most 100")
    private int pages = 3;

    @Option(
            names = "--mask",
            paramLabel = "FIELD",
            split = ",",
            description = "a field whose values are replaced, such as payer.phone; may be repeated")
    private List<String> masks = new ArrayList<>();

    @Option(names = "--json", description = "print what was recorded as one JSON object")
    private boolean json;

    private final List<List<String>> rows = new ArrayList<>();
    private final ArrayNode told = JSON.createArrayNode();

    public RecordCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        Taped taped = Taped.of(options, terminal, target);
        int code = taped.each(terminal, (tapes, resource) -> keep(taped, tapes, resource));
        if (json) {
            ObjectNode root = JSON.createObjectNode().put("connection", taped.connection());
            terminal.out(root.set("recorded", told).toString());
        } else if (!rows.isEmpty()) {
            List<String> heading =
                    List.of("resource", "calls", "read", "rejected", "file").stream()
                            .map(word -> terminal.word("column." + word))
                            .toList();
            new Table(heading, rows).lines().forEach(terminal::out);
        }
        return code;
    }

    private int keep(Taped taped, Tapes tapes, String resource) throws IOException {
        Shelf shelf = new Shelf(options.folder());
        Path file = shelf.file(taped.connection(), resource);
        List<String> before = shelf.find(file).map(held -> held.title().masks()).orElse(List.of());
        // What was masked once stays masked, though the vendor may have taken it away.
        List<String> fields = masks.isEmpty() ? before : masks;
        List<String> wanted = masks.stream().filter(field -> !before.contains(field)).toList();
        Cassette cassette =
                Cassette.of(
                        tapes,
                        new Cassette.Title(taped.connection(), resource, Mortise.VERSION, fields),
                        Playback.held(tapes, resource, Math.clamp(pages, 1, PAGES_MAX)),
                        shelf.masking(fields, wanted));
        shelf.save(file, cassette);
        long read = cassette.result().sums().rows();
        long rejected = cassette.result().sums().rejected();
        int calls = cassette.kept().exchanges().size();
        rows.add(
                List.of(
                        resource,
                        Numbers.grouped(calls),
                        Numbers.grouped(read),
                        Numbers.grouped(rejected),
                        shelf.shown(file)));
        told.addObject()
                .put("resource", resource)
                .put("calls", calls)
                .put("rows", read)
                .put("rejected", rejected)
                .put("file", shelf.shown(file));
        return Exit.DONE;
    }
}
