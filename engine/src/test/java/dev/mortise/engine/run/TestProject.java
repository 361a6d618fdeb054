package dev.mortise.engine.run;

import dev.mortise.engine.flow.Flow;
import dev.mortise.engine.flow.Project;
import dev.mortise.engine.operator.Expressions;
import dev.mortise.engine.plan.Connections;
import dev.mortise.engine.plan.CopyPlanner;
import dev.mortise.engine.plan.Plan;
import dev.mortise.engine.plan.Planner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A project in a folder of a test, run as the command line runs one.
public final class TestProject {
    private final Path folder;
    private final Random random = new Random(1);

    public TestProject(Path folder) {
        this.folder = folder;
    }

    /// Adds a connection to a memory store.
    public TestProject memory(String connection, String store) throws IOException {
        return connection(connection, "type: memory\nstore: " + store + "\n");
    }

    public TestProject connection(String name, String options) throws IOException {
        Files.createDirectories(folder.resolve("connections"));
        Files.writeString(
                folder.resolve("connections").resolve(name + ".yaml"),
                "connection: " + name + "\n" + options);
        return this;
    }

    public TestProject flow(String name, String body) throws IOException {
        Files.createDirectories(folder.resolve("flows"));
        Files.writeString(
                folder.resolve("flows").resolve(name + ".yaml"), "flow: " + name + "\n" + body);
        return this;
    }

    public Receipt run(String name) {
        return run(name, false, Progress.NONE);
    }

    Receipt run(String name, boolean fresh, Progress progress) {
        return run(name, fresh, progress, _ -> Optional.empty(), _ -> {});
    }

    /// @param check what comes after the rows have moved
    /// @param told takes the receipt
    Receipt run(
            String name,
            boolean fresh,
            Progress progress,
            FlowRun.Check check,
            Consumer<Receipt> told) {
        Project project = load();
        Flow flow = flow(project, name);
        FlowRun run = new FlowRun(state(), InstantSource.system(), random, progress, told);
        FlowRun.Wish wish = new FlowRun.Wish(fresh, 2);
        try (Connections connections = new Connections(project.connections());
                Expressions expressions = expressions()) {
            Planner planner = new Planner(connections, expressions);
            if (flow.copy().isPresent()) {
                CopyPlanner copy = new CopyPlanner(connections, planner, flow);
                return run.run(copy, flow, wish, check);
            }
            Plan plan = planner.plan(flow);
            if (!plan.problems().isEmpty()) {
                throw new AssertionError(plan.problems());
            }
            return run.run(plan, wish, check);
        }
    }

    /// Runs what was planned before.
    Receipt run(Plan plan) {
        return new FlowRun(state(), InstantSource.system(), random, Progress.NONE, _ -> {})
                .run(plan, new FlowRun.Wish(false, 2), _ -> Optional.empty());
    }

    /// What keeps a flow from running.
    List<dev.mortise.spi.problem.Problem> problems(String name) {
        Project project = load();
        try (Connections connections = new Connections(project.connections());
                Expressions expressions = expressions()) {
            return new Planner(connections, expressions).plan(flow(project, name)).problems();
        }
    }

    /// Asks something of a flow as it is planned now.
    public <T> T planned(String name, BiFunction<Connections, Plan, T> question) {
        Project project = load();
        try (Connections connections = new Connections(project.connections());
                Expressions expressions = expressions()) {
            Plan plan = new Planner(connections, expressions).plan(flow(project, name));
            if (!plan.problems().isEmpty()) {
                throw new AssertionError(plan.problems());
            }
            return question.apply(connections, plan);
        }
    }

    Outcome replay(String name, Map<String, String> mended) {
        Project project = load();
        try (Connections connections = new Connections(project.connections());
                Expressions expressions = expressions()) {
            Plan plan = new Planner(connections, expressions).plan(flow(project, name));
            Replay replay = new Replay(plan.pipelines().getFirst(), letters(name));
            Replay.Outcome outcome =
                    replay.run(letters(name).list().stream().map(l -> mend(l, mended)).toList());
            return new Outcome(outcome.written(), outcome.rejected());
        }
    }

    /// What a replay did.
    record Outcome(int written, int rejected) {}

    private static DeadLetter mend(DeadLetter letter, Map<String, String> mended) {
        Map<String, @Nullable String> row = new LinkedHashMap<>(letter.row());
        row.putAll(mended);
        return letter.with(row);
    }

    public DeadLetters letters(String flow) {
        return new DeadLetters(state(), flow, "", InstantSource.system());
    }

    private static Flow flow(Project project, String name) {
        return java.util.Objects.requireNonNull(project.flows().get(name));
    }

    private Expressions expressions() {
        return new Expressions(Expressions.Limits.spillingTo(state().resolve("spill")));
    }

    public Path state() {
        return folder.resolve(".mortise");
    }

    private Project load() {
        Project project = Project.load(folder, Map.of(), Map.of());
        if (!project.problems().isEmpty()) {
            throw new AssertionError(project.problems());
        }
        return project;
    }
}
