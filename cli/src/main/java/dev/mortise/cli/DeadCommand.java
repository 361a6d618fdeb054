package dev.mortise.cli;

import dev.mortise.engine.flow.Flow;
import dev.mortise.engine.flow.Project;
import dev.mortise.engine.plan.Pipeline;
import dev.mortise.engine.plan.Plan;
import dev.mortise.engine.run.DeadLetter;
import dev.mortise.engine.run.DeadLetters;
import dev.mortise.engine.run.Replay;
import dev.mortise.engine.session.Session;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "dead", description = "Lists, mends, replays and discards rejected rows.")
final class DeadCommand implements java.util.concurrent.Callable<Integer> {
    private static final int LISTED_MAX = 20;

    private final Terminal terminal;

    @Mixin private ProjectOptions options = new ProjectOptions();

    @Parameters(
            index = "0",
            paramLabel = "FLOW",
            descriptionKey = "FLOW",
            description = "name of a flow, or its file")
    private String flow = "";

    @Parameters(
            index = "1",
            paramLabel = "ACT",
            descriptionKey = "ACT",
            description = "${COMPLETION-CANDIDATES}")
    private Act act = Act.list;

    @Parameters(
            index = "2..*",
            paramLabel = "ID",
            descriptionKey = "ID",
            description = "which rows; default: all that are new")
    private List<String> ids = new ArrayList<>();

    @Option(
            names = "--set",
            paramLabel = "COLUMN=VALUE",
            description = "mend a column before replaying; an empty value means null")
    private Map<String, String> mended = new LinkedHashMap<>();

    DeadCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /// What to do with them.
    enum Act {
        list,
        show,
        replay,
        discard
    }

    @Override
    public Integer call() {
        Optional<Project> project = options.sound(terminal, flow);
        if (project.isEmpty()) {
            return Exit.WRONG;
        }
        Flow wanted = ProjectOptions.flow(project.get(), flow);
        DeadLetters letters =
                new DeadLetters(options.state(), wanted.name(), "", InstantSource.system());
        List<DeadLetter> chosen = chosen(letters.list());
        if (chosen.isEmpty()) {
            terminal.out(terminal.word("dead.none"));
            return ids.isEmpty() ? Exit.DONE : Exit.WRONG;
        }
        return switch (act) {
            case list -> list(chosen);
            case show -> show(chosen);
            case replay -> replay(project.get(), wanted, letters, chosen);
            case discard -> discard(letters, chosen);
        };
    }

    private List<DeadLetter> chosen(List<DeadLetter> all) {
        ids.stream()
                .filter(id -> all.stream().noneMatch(letter -> letter.id().equals(id)))
                .forEach(id -> terminal.err(terminal.word("dead.unknown", id)));
        return all.stream()
                .filter(
                        letter ->
                                ids.isEmpty()
                                        ? letter.state() == DeadLetter.State.NEW
                                        : ids.contains(letter.id()))
                .toList();
    }

    private int list(List<DeadLetter> chosen) {
        List<List<String>> rows = new ArrayList<>();
        for (DeadLetter letter : chosen.subList(0, Math.min(chosen.size(), LISTED_MAX))) {
            rows.add(
                    List.of(
                            letter.id(),
                            letter.stage(),
                            letter.column() == null ? "" : letter.column(),
                            terminal.told(letter.problem().message())));
        }
        List<String> heading =
                List.of(
                        terminal.word("column.id"),
                        terminal.word("column.step"),
                        terminal.word("column.column"),
                        terminal.word("column.cause"));
        new Table(heading, rows).lines().forEach(terminal::out);
        if (chosen.size() > LISTED_MAX) {
            terminal.out("  " + terminal.word("dead.more", chosen.size() - LISTED_MAX, flow));
        }
        return Exit.DONE;
    }

    private int show(List<DeadLetter> chosen) {
        for (DeadLetter letter : chosen) {
            terminal.out(letter.id() + " · " + letter.state() + " · " + letter.at());
            terminal.problem(letter.problem());
            letter.row().forEach((name, value) -> terminal.out("  " + name + ": " + value));
            if (letter.raw() != null) {
                terminal.out("  " + letter.raw());
            }
        }
        return Exit.DONE;
    }

    private int discard(DeadLetters letters, List<DeadLetter> chosen) {
        Map<String, DeadLetter> after = new HashMap<>();
        chosen.forEach(
                letter ->
                        after.put(
                                letter.id(),
                                letter.in(DeadLetter.State.DISCARDED, letter.attempts())));
        letters.update(after);
        terminal.out(terminal.word("dead.discarded", after.size()));
        return Exit.DONE;
    }

    private int replay(Project project, Flow wanted, DeadLetters letters, List<DeadLetter> chosen) {
        int written = 0;
        int rejected = 0;
        try (Session session = new Session(project, options.state())) {
            for (Pipeline pipeline : pipelines(session, wanted)) {
                List<DeadLetter> own =
                        chosen.stream()
                                .filter(letter -> pipeline.isFor(letter.step()))
                                .map(this::mend)
                                .toList();
                if (!own.isEmpty()) {
                    Replay.Outcome outcome = new Replay(pipeline, letters).run(own);
                    written += outcome.written();
                    rejected += outcome.rejected();
                }
            }
        }
        terminal.out(terminal.word("dead.replayed", written + rejected, written, rejected));
        return rejected == 0 ? Exit.DONE : Exit.REJECTED;
    }

    private DeadLetter mend(DeadLetter letter) {
        Map<String, @Nullable String> row = new LinkedHashMap<>(letter.row());
        mended.forEach((name, value) -> row.put(name, value.isEmpty() ? null : value));
        return letter.with(row);
    }

    private static List<Pipeline> pipelines(Session session, Flow wanted) {
        return session.plans(wanted).stream().map(Plan::pipelines).flatMap(List::stream).toList();
    }
}
