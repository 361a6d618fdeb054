package dev.mortise.server.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// A run as it goes over the wire.
///
/// @param problem null when it did not fail
/// @param receipt null in lists and until the run is over
record RunBody(
        String id,
        String project,
        String flow,
        int revision,
        String state,
        String trigger,
        String actor,
        List<String> chosenSteps,
        @Nullable String rerunOf,
        Instant queuedAt,
        Instant dueAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        int attempt,
        int attemptsMax,
        long rowsRead,
        long rowsWritten,
        long rowsRejected,
        @Nullable Double seconds,
        boolean cancelling,
        @Nullable JsonNode problem,
        @Nullable JsonNode receipt,
        @Nullable JsonNode steps,
        @Nullable List<Attempt> attempts,
        @Nullable JsonNode verification) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double MILLIS = 1_000;

    /// One try of it.
    record Attempt(
            int attempt,
            String state,
            String server,
            Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable JsonNode problem) {
        static Attempt of(RunStore.Attempt one) {
            return new Attempt(
                    one.attempt(),
                    one.state(),
                    one.server(),
                    one.startedAt(),
                    one.endedAt(),
                    json(one.problem()));
        }
    }

    /// As a list shows it.
    static RunBody of(Run run) {
        return of(run, null, null);
    }

    static RunBody of(
            Run run, RunStore.@Nullable Detail detail, @Nullable List<RunStore.Attempt> attempts) {
        Instant started = run.times().started();
        return new RunBody(
                run.id(),
                run.project(),
                run.flow(),
                run.revision(),
                run.state().word(),
                run.cause().word(),
                run.actor(),
                run.steps(),
                run.rerunOf(),
                run.times().queued(),
                run.times().due(),
                started,
                run.times().ended(),
                run.attempts().made(),
                run.attempts().retriesMax() + 1,
                run.rows().read(),
                run.rows().written(),
                run.rows().rejected(),
                started == null ? null : seconds(started, run.times().ended()),
                run.cancelled() && !run.state().isOver(),
                json(run.problem()),
                detail == null ? null : json(detail.receipt()),
                attempts == null ? null : json(detail == null ? "[]" : detail.steps()),
                attempts == null ? null : attempts.stream().map(Attempt::of).toList(),
                detail == null ? null : verification(detail.receipt()));
    }

    /// The figures; the differences have a route of their own.
    private static @Nullable JsonNode verification(@Nullable String receipt) {
        JsonNode found = receipt == null ? null : JSON.readTree(receipt).get("verification");
        return found == null || found.isNull() ? null : found;
    }

    private static double seconds(Instant started, @Nullable Instant ended) {
        Instant until = ended == null ? Instant.now() : ended;
        return Math.max(0, Duration.between(started, until).toMillis()) / MILLIS;
    }

    private static @Nullable JsonNode json(@Nullable String text) {
        return text == null ? null : JSON.readTree(text);
    }
}
