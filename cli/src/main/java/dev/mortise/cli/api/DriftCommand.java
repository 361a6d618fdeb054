package dev.mortise.cli.api;

import dev.mortise.api.cassette.Cassette;
import dev.mortise.api.cassette.Change;
import dev.mortise.api.cassette.Drift;
import dev.mortise.api.cassette.Playback;
import dev.mortise.api.cassette.Severity;
import dev.mortise.cli.Exit;
import dev.mortise.cli.ProjectOptions;
import dev.mortise.cli.Terminal;
import dev.mortise.engine.plan.DatasetRef;
import dev.mortise.engine.plan.Lineage;
import dev.mortise.engine.plan.Touched;
import dev.mortise.spi.connect.Tapes;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "drift",
        description =
                "Calls an API and shows what changed since it was recorded, and which columns"
                        + " of flows that comes to.")
public final class DriftCommand implements Callable<Integer> {
    /// What a changed contract looks like to a definition; all else says nothing of it.
    private static final Set<ProblemCode> CHANGED =
            EnumSet.of(
                    ProblemCode.SERVER_FAILED,
                    ProblemCode.SOURCE_CHANGED,
                    ProblemCode.CALL_INVALID,
                    ProblemCode.DATASET_MISSING,
                    ProblemCode.COLUMN_MISSING,
                    ProblemCode.TYPE_MISMATCH,
                    ProblemCode.OPTION_MISSING);

    private final Terminal terminal;

    @Mixin private ProjectOptions options = new ProjectOptions();

    @Parameters(
            paramLabel = "CONNECTION[.RESOURCE]",
            descriptionKey = "CONNECTION",
            description = "what to compare; without a resource all that was recorded")
    private String target = "";

    @Option(
            names = "--against",
            paramLabel = "FILE",
            description = "another cassette than the project's; of one resource")
    private Optional<Path> against = Optional.empty();

    @Option(names = "--accept", description = "notes the changes in the cassette as known")
    private boolean accept;

    @Option(names = "--json", description = "print the changes as one JSON object")
    private boolean json;

    private Optional<Lineage> lineage = Optional.empty();
    private final List<DriftText.Compared> compared = new ArrayList<>();

    public DriftCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        Taped taped = Taped.of(options, terminal, target);
        if (against.isPresent() && !taped.named()) {
            throw ProblemException.of(
                    ProblemCode.OPTION_INVALID,
                    "'--against' compares one resource, got connection '%s'".formatted(target),
                    "name it: mortise drift " + target + ".orders --against FILE");
        }
        Taped recorded = taped.named() ? taped : taped.recorded(new Shelf(options.folder()));
        int code = recorded.each(terminal, (tapes, resource) -> drift(recorded, tapes, resource));
        if (json) {
            terminal.out(DriftText.json(taped.connection(), compared));
        }
        return code;
    }

    private int drift(Taped taped, Tapes tapes, String resource) throws IOException {
        Shelf shelf = new Shelf(options.folder());
        String name = taped.connection() + "." + resource;
        Path file = against.orElseGet(() -> shelf.file(taped.connection(), resource));
        Cassette before = shelf.load(file, name);
        Drift drift = Drift.of(tapes, before);
        List<DriftText.Found> found = new ArrayList<>();
        for (Change change : changes(shelf, tapes, before, drift)) {
            Touches touches = touches(taped, resource, before);
            List<Touched> touched = touches.by(drift.touched(change));
            Change weighed = Touches.weighed(change, touched);
            // What cannot be read hides every other change: it is never known.
            boolean known =
                    change.kind() != Change.Kind.UNREADABLE
                            && before.accepted().containsKey(change.fingerprint());
            found.add(new DriftText.Found(weighed, touched, known));
        }
        DriftText.Compared all = new DriftText.Compared(resource, before, found);
        compared.add(all);
        if (!json) {
            new DriftText(terminal).show(name, all);
        }
        if (!found.isEmpty()) {
            Touches touches = touches(taped, resource, before);
            touches.unfollowed().ifPresent(one -> unfollowed(touches, one));
        }
        if (accept) {
            shelf.save(
                    file, before.accepting(found.stream().map(DriftText.Found::change).toList()));
        }
        boolean grave = found.stream().anyMatch(this::grave);
        return grave ? Exit.REJECTED : Exit.DONE;
    }

    private boolean grave(DriftText.Found found) {
        boolean read = found.change().kind() != Change.Kind.UNREADABLE;
        return !found.known()
                && !(accept && read)
                && found.change().severity() != Severity.HARMLESS;
    }

    /// Describes the project once, and only for a change.
    private Touches touches(Taped taped, String wanted, Cassette before) throws IOException {
        if (lineage.isEmpty()) {
            Map<DatasetRef, Schema> recorded = new HashMap<>();
            for (String resource : taped.resources()) {
                Optional<Schema> schema =
                        resource.equals(wanted)
                                ? Optional.of(before.result().schema())
                                : schema(taped, resource);
                schema.ifPresent(columns -> recorded.put(ref(taped, resource), columns));
            }
            lineage = Optional.of(Touches.lineage(taped.project(), recorded));
        }
        return new Touches(lineage.get(), ref(taped, wanted));
    }

    private static DatasetRef ref(Taped taped, String resource) {
        return new DatasetRef(taped.connection(), resource);
    }

    private Optional<Schema> schema(Taped taped, String resource) throws IOException {
        Shelf shelf = new Shelf(options.folder());
        try {
            return shelf.find(shelf.file(taped.connection(), resource))
                    .map(cassette -> cassette.result().schema());
        } catch (ProblemException _) {
            // It is told at its own turn.
            return Optional.empty();
        }
    }

    /// Nobody shall take it for certain that nothing else is touched.
    private void unfollowed(Touches touches, Problem first) {
        String count = Integer.toString(touches.lineage().problems().size());
        terminal.err(terminal.word("drift.unfollowed", count, first.line()));
    }

    private static List<Change> changes(Shelf shelf, Tapes tapes, Cassette before, Drift drift)
            throws IOException {
        Cassette.Title title = before.title();
        try {
            Cassette now =
                    Cassette.of(
                            tapes,
                            title,
                            Playback.held(tapes, title.resource(), before.kept().pages()),
                            shelf.masking(title.masks(), List.of()));
            return drift.changes(before.observed(), now.observed());
        } catch (ProblemException e) {
            Problem problem = e.problem();
            if (CHANGED.contains(problem.code())) {
                return List.of(Drift.unreadable(problem));
            }
            throw e;
        }
    }
}
