package dev.mortise.server.run;

import dev.mortise.engine.run.Receipt;
import dev.mortise.engine.run.StepCounts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;

/// The steps of a run under way, as its progress tells of them. Used by many threads.
final class LiveSteps {
    static final String RUNNING = "running";
    static final String DONE = "succeeded";
    private static final String WAITING = "waiting";
    private static final String FAILED = "failed";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, StepState> steps = new LinkedHashMap<>();
    private boolean dirty;

    /// @param kinds by the names of the flow's steps, in their order
    LiveSteps(Map<String, String> kinds) {
        kinds.forEach((name, kind) -> steps.put(name, fresh(name, kind)));
    }

    private static StepState fresh(String name, String kind) {
        return new StepState(name, kind, WAITING, 0, 0, 0, 0, null, 0, null, null);
    }

    private synchronized void change(String name, UnaryOperator<StepState> change) {
        steps.put(name, change.apply(steps.getOrDefault(name, fresh(name, "write"))));
        dirty = true;
    }

    void begins(String name, long expected) {
        change(
                name,
                step ->
                        new StepState(
                                name,
                                step.kind(),
                                RUNNING,
                                0,
                                0,
                                0,
                                0,
                                expected < 0 ? null : expected,
                                0,
                                step.startedAt() == null
                                        ? Instant.now().toString()
                                        : step.startedAt(),
                                null));
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

    void finished(String name, Map<String, StepCounts> counts) {
        counts.forEach((step, count) -> change(step, old -> with(old, count, DONE)));
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
    synchronized void settle(Receipt receipt) {
        boolean failed = receipt.state() == Receipt.State.FAILED;
        receipt.steps()
                .forEach(
                        (name, counts) ->
                                change(name, step -> with(step, counts, after(step, failed))));
        for (StepState step : List.copyOf(steps.values())) {
            if (step.state().equals(RUNNING)) {
                change(step.name(), old -> ended(old, FAILED));
            }
        }
    }

    private static String after(StepState step, boolean failed) {
        return failed && !step.state().equals(DONE) ? FAILED : DONE;
    }

    synchronized Run.Rows rows() {
        long read = 0;
        long written = 0;
        long rejected = 0;
        for (StepState step : steps.values()) {
            read += step.kind().equals("read") ? step.rowsIn() : 0;
            written += step.startedAt() == null ? 0 : step.rowsOut();
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
