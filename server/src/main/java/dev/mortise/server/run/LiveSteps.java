package dev.mortise.server.run;

import dev.mortise.engine.run.Receipt;
import dev.mortise.engine.run.StepCounts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;

/// The steps of a run under way, as its progress tells of them. Rows stream through all steps that
/// feed a write step while it writes, so these begin and end with it. Used by many threads.
final class LiveSteps {
    static final String RUNNING = "running";
    static final String DONE = "succeeded";
    static final String FAILED = "failed";
    static final String CANCELLED = "cancelled";
    private static final String WAITING = "waiting";
    private static final String READ = "read";
    private static final String WRITE = "write";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, StepState> steps = new LinkedHashMap<>();
    private final Map<String, Set<String>> feeds;
    private final Set<String> begun = new HashSet<>();

    /// That nothing has begun is worth telling, too: the steps that will.
    private boolean dirty = true;

    /// @param kinds by the names of the flow's steps, in their order
    /// @param feeds by the names of write steps, the steps before them
    LiveSteps(Map<String, String> kinds, Map<String, Set<String>> feeds) {
        kinds.forEach((name, kind) -> steps.put(name, fresh(name, kind)));
        this.feeds = feeds;
    }

    private static StepState fresh(String name, String kind) {
        return new StepState(name, kind, WAITING, 0, 0, 0, 0, null, 0, null, null);
    }

    private synchronized void change(String name, UnaryOperator<StepState> change) {
        steps.put(name, change.apply(steps.getOrDefault(name, fresh(name, WRITE))));
        dirty = true;
    }

    synchronized void begins(String name, long expected) {
        begun.add(name);
        for (String before : feeds.getOrDefault(name, Set.of())) {
            change(before, step -> step.startedAt() == null ? begun(step, null) : step);
        }
        change(name, step -> begun(step, expected < 0 ? null : expected));
    }

    private static StepState begun(StepState step, @Nullable Long expected) {
        String start = step.startedAt() == null ? Instant.now().toString() : step.startedAt();
        return new StepState(
                step.name(), step.kind(), RUNNING, 0, 0, 0, 0, expected, 0, start, null);
    }

    void committed(String name, long written, long rejected) {
        change(
                name,
                step ->
                        new StepState(
                                name,
                                step.kind(),
                                RUNNING,
                                step.rowsIn() + written + rejected,
                                step.rowsOut() + written,
                                step.rowsRejected() + rejected,
                                step.bytes(),
                                step.rowsExpected(),
                                rate(step, step.rowsOut() + written),
                                step.startedAt(),
                                null));
    }

    private static long rate(StepState step, long rows) {
        if (step.startedAt() == null) {
            return 0;
        }
        long millis = System.currentTimeMillis() - Instant.parse(step.startedAt()).toEpochMilli();
        return millis <= 0 ? rows : rows * 1_000 / millis;
    }

    synchronized void finished(String name, Map<String, StepCounts> counts) {
        counts.forEach((step, count) -> change(step, old -> with(old, count, DONE)));
        for (String before : feeds.getOrDefault(name, Set.of())) {
            change(before, step -> ended(step, DONE));
        }
        change(name, step -> ended(step, DONE));
    }

    private static StepState with(StepState step, StepCounts counts, String state) {
        return new StepState(
                step.name(),
                step.kind(),
                state,
                counts.rowsIn(),
                counts.rowsOut(),
                counts.rowsRejected(),
                counts.bytes(),
                step.rowsExpected(),
                rate(step, counts.rowsOut()),
                step.startedAt(),
                step.endedAt());
    }

    private static StepState ended(StepState step, String state) {
        return new StepState(
                step.name(),
                step.kind(),
                state,
                step.rowsIn(),
                step.rowsOut(),
                step.rowsRejected(),
                step.bytes(),
                step.rowsExpected(),
                step.rate(),
                step.startedAt(),
                step.startedAt() == null ? null : Instant.now().toString());
    }

    /// Takes the counts of the receipt, which are the true ones.
    ///
    /// @param broken what has become of steps that were under way when the run failed
    synchronized void settle(Receipt receipt, String broken) {
        boolean failed = receipt.state() == Receipt.State.FAILED;
        receipt.steps()
                .forEach(
                        (name, counts) -> {
                            // A copy of many tables sums up what it read under a name of its own.
                            steps.putIfAbsent(name, fresh(name, READ));
                            change(name, step -> with(step, counts, after(step, failed, broken)));
                        });
        for (StepState step : List.copyOf(steps.values())) {
            if (step.startedAt() != null && step.endedAt() == null) {
                change(step.name(), old -> ended(old, after(old, failed, broken)));
            }
        }
    }

    /// A step that never began did not fail: it still waits when the run is over.
    private static String after(StepState step, boolean failed, String broken) {
        if (!failed || step.state().equals(DONE)) {
            return DONE;
        }
        return step.startedAt() == null ? WAITING : broken;
    }

    synchronized Run.Rows rows() {
        long read = 0;
        long written = 0;
        long rejected = 0;
        for (StepState step : steps.values()) {
            read += step.kind().equals(READ) ? step.rowsIn() : 0;
            written += begun.contains(step.name()) ? step.rowsOut() : 0;
            rejected += step.rowsRejected();
        }
        return new Run.Rows(Math.max(read, written + rejected), written, rejected);
    }

    /// Null when nothing has changed since the last call.
    synchronized @Nullable String changes() {
        if (!dirty) {
            return null;
        }
        dirty = false;
        return json();
    }

    synchronized String json() {
        return JSON.writeValueAsString(new ArrayList<>(steps.values()));
    }
}
