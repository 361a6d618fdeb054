package dev.mortise.server.run;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a run is asked for.
///
/// @param steps the write steps to run; empty for all
/// @param fresh whether a failed run before it is forgotten instead of gone on with
/// @param actor who asks: a login name, or the schedule
/// @param retriesMax how often it is begun again after a passing fault
public record RunRequest(
        String project,
        String flow,
        int revision,
        List<String> steps,
        boolean fresh,
        @Nullable String rerunOf,
        Run.Cause cause,
        String actor,
        int retriesMax,
        Duration pause) {
    public RunRequest {
        steps = List.copyOf(steps);
    }

    /// The published revision, all of it.
    public static RunRequest of(
            String project, String flow, int revision, Run.Cause cause, String actor) {
        return new RunRequest(
                project, flow, revision, List.of(), false, null, cause, actor, 0, Duration.ZERO);
    }

    public RunRequest retrying(int times, Duration after) {
        return new RunRequest(
                project, flow, revision, steps, fresh, rerunOf, cause, actor, times, after);
    }
}
