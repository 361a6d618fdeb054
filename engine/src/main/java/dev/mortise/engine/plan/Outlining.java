package dev.mortise.engine.plan;

import dev.mortise.engine.flow.Draft;
import dev.mortise.engine.flow.Step;
import dev.mortise.engine.operator.Expressions;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.connect.Reads;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Schema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Finds out what it can of a draft in the time there is. Datasets are looked up side by side, so
/// that one system that does not answer takes no time from the others.
final class Outlining {
    /// Questions asked at the same time.
    private static final int ASKED_MAX = 8;

    private final Connections connections;
    private final Expressions expressions;
    private final Draft draft;
    private final Map<String, Batch> rows;

    Outlining(
            Connections connections,
            Expressions expressions,
            Draft draft,
            Map<String, Batch> rows) {
        this.connections = connections;
        this.expressions = expressions;
        this.draft = draft;
        this.rows = rows;
    }

    Outline within(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        ExecutorService threads =
                Executors.newFixedThreadPool(ASKED_MAX + 1, Thread.ofVirtual().factory());
        try {
            List<Step> steps = sound();
            Map<String, Future<Dataset>> asked = ask(steps, threads);
            Planning planning =
                    new Planning(
                            connections,
                            expressions,
                            draft.flow(),
                            step -> answer(asked.get(step), end));
            rows.forEach((step, batch) -> planning.give(step, given(step, batch)));
            Future<?> planned =
                    threads.submit(
                            () -> steps.stream().filter(this::unpinned).forEach(planning::plan));
            boolean done = await(planned, end);
            return outline(planning, done ? List.of() : steps, time);
        } finally {
            threads.shutdownNow();
        }
    }

    private boolean unpinned(Step step) {
        return !rows.containsKey(step.name());
    }

    /// The steps without gaps, each after those it takes rows from. Steps that wait for each other
    /// are not among them.
    private List<Step> sound() {
        Set<String> ready = new LinkedHashSet<>(rows.keySet());
        List<Step> ordered = new ArrayList<>();
        List<Step> waiting = new ArrayList<>(draft.flow().steps().values());
        waiting.removeIf(step -> rows.containsKey(step.name()) || draft.broken(step.name()));
        boolean more = true;
        while (more) {
            List<Step> next =
                    waiting.stream().filter(step -> ready.containsAll(step.inputs())).toList();
            next.forEach(step -> ready.add(step.name()));
            ordered.addAll(next);
            waiting.removeAll(next);
            more = !next.isEmpty();
        }
        return ordered;
    }

    private Map<String, Future<Dataset>> ask(List<Step> steps, ExecutorService threads) {
        Map<String, Future<Dataset>> asked = new LinkedHashMap<>();
        for (Step step : steps) {
            if (step instanceof Step.Read read) {
                asked.put(read.name(), threads.submit(() -> describe(read)));
            }
        }
        return asked;
    }

    private Dataset describe(Step.Read read) {
        return connections
                .connector(read.connection(), Reads.class, "read from")
                .describe(read.dataset());
    }

    private static @Nullable Dataset answer(@Nullable Future<Dataset> asked, long end) {
        try {
            return asked == null ? null : asked.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known
                    ? known
                    : new IllegalStateException(e);
        } catch (TimeoutException _) {
            throw late();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw late();
        }
    }

    private static ProblemException late() {
        return ProblemException.of(
                ProblemCode.TIMED_OUT,
                "the system did not answer in time",
                "test its connection; what does not need it was looked at");
    }

    private static boolean await(Future<?> planned, long end) {
        try {
            planned.get(Math.max(end - System.nanoTime(), 0), TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known
                    ? known
                    : new IllegalStateException(e);
        } catch (TimeoutException _) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Rows at hand as a step that reads them.
    private static Node given(String step, Batch batch) {
        Schema schema = batch.schema();
        Dataset dataset = Dataset.of(step, schema, List.of());
        return new Node.Reading(step, "", new GivenRows(batch), dataset, Scan.ALL, schema);
    }

    /// @param unfinished the steps of which some were not reached
    private Outline outline(Planning planning, List<Step> unfinished, Duration time) {
        Map<String, List<Problem>> problems = new LinkedHashMap<>(planning.found());
        for (Step step : unfinished) {
            boolean ready = step.inputs().stream().allMatch(planning.nodes()::containsKey);
            if (ready && unpinned(step) && !problems.containsKey(step.name())) {
                problems.put(
                        step.name(),
                        List.of(
                                Problem.of(
                                                ProblemCode.TIMED_OUT,
                                                "not looked at within %d s"
                                                        .formatted(time.toSeconds()),
                                                "test the connections it uses, and check again")
                                        .at(step.place().toString())));
            }
        }
        return new Outline(
                draft,
                planning.nodes(),
                planning.schemas(),
                planning.sinks(),
                problems,
                planning.sources());
    }
}
