package dev.mortise.server.schedule;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// When a flow runs by itself.
///
/// @param cron null when only other flows start it
/// @param calendar whose workdays count; null for all days
/// @param dependsOn flows that have to succeed first, since this one was started last
/// @param nextAt when it fires next; null when only other flows start it, or never again
/// @param lastFire when it last started its flow; null before
/// @param since what happened before this moment starts nothing
public record Schedule(
        String id,
        String project,
        String flow,
        @Nullable String cron,
        String zone,
        @Nullable String calendar,
        List<FlowName> dependsOn,
        Missed missed,
        int retriesMax,
        long retryWaitSeconds,
        Concurrency concurrency,
        boolean paused,
        @Nullable Instant nextAt,
        @Nullable Instant lastFire,
        Instant since,
        int revision) {
    public Schedule {
        dependsOn = List.copyOf(dependsOn);
    }

    /// A flow of any project.
    public record FlowName(String project, String flow) {
        String text() {
            return project + "/" + flow;
        }

        static FlowName parse(String text) {
            int slash = text.indexOf('/');
            return new FlowName(text.substring(0, slash), text.substring(slash + 1));
        }
    }

    /// What becomes of times that passed while no server was there.
    public enum Missed {
        /// They are noted, nothing runs.
        SKIP,
        /// One run for all of them.
        ONCE,
        /// A run for each.
        ALL;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What becomes of a time at which the flow still runs.
    public enum Concurrency {
        SKIP,
        QUEUE;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// The same, made or changed under a version.
    Schedule at(@Nullable Instant next, @Nullable Instant last, Instant from, int version) {
        return new Schedule(
                id,
                project,
                flow,
                cron,
                zone,
                calendar,
                dependsOn,
                missed,
                retriesMax,
                retryWaitSeconds,
                concurrency,
                paused,
                next,
                last,
                from,
                version);
    }
}
