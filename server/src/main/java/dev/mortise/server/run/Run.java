package dev.mortise.server.run;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One execution of a flow, as it stands.
///
/// @param steps the write steps that were asked for; empty for all
/// @param name what targets know it by: its id, or that of the failed run it goes on with
/// @param changed whether the run of that name was begun by another revision
/// @param rerunOf the run it repeats; null when none
/// @param attempts how often it was begun
/// @param problem why it failed, as JSON; null when it did not
/// @param epoch of its present or last owner
public record Run(
        String id,
        String project,
        String flow,
        int revision,
        State state,
        Cause cause,
        String actor,
        List<String> steps,
        boolean fresh,
        @Nullable String rerunOf,
        String name,
        boolean changed,
        Times times,
        Attempts attempts,
        Rows rows,
        @Nullable String problem,
        boolean cancelled,
        long epoch) {
    public Run {
        steps = List.copyOf(steps);
    }

    /// Where it stands. Only a run that is `RUNNING` has an owner.
    public enum State {
        WAITING,
        RUNNING,
        SUCCEEDED,
        REJECTED,
        FAILED,
        CANCELLED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static State of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }

        public boolean isOver() {
            return this != WAITING && this != RUNNING;
        }
    }

    /// Why there is a run.
    public enum Cause {
        MANUAL,
        SCHEDULE,
        DEPENDENCY,
        API,
        RETRY;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Cause of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /// @param due not begun before
    /// @param touched when anything of it changed last
    public record Times(
            Instant queued,
            Instant due,
            @Nullable Instant started,
            @Nullable Instant ended,
            Instant touched) {}

    /// @param made how often it was begun
    /// @param failures how often it failed and was put back
    /// @param retriesMax how often it may be put back
    public record Attempts(int made, int failures, int retriesMax, long waitSeconds) {}

    /// Of its targets, as far as it has come.
    public record Rows(long read, long written, long rejected) {
        public static final Rows NONE = new Rows(0, 0, 0);
    }

    /// The same under the name targets shall know it by.
    Run named(String called, boolean begunByAnother) {
        return new Run(
                id,
                project,
                flow,
                revision,
                state,
                cause,
                actor,
                steps,
                fresh,
                rerunOf,
                called,
                begunByAnother,
                times,
                attempts,
                rows,
                problem,
                cancelled,
                epoch);
    }

    /// Whether it is through without a failure.
    public boolean isDone() {
        return state == State.SUCCEEDED || state == State.REJECTED;
    }
}
