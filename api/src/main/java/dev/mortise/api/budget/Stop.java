package dev.mortise.api.budget;

import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/// Why no call may go out now, and until when, in microseconds since 1970.
sealed interface Stop {
    long until();

    /// A limit of ours has no room.
    record Full(Limit.Windowed limit, long until) implements Stop {}

    /// The vendor asked for silence.
    record Paused(long until) implements Stop {}

    /// The vendor said that nothing is left of its quota.
    record QuotaGone(long until) implements Stop {}

    /// What a caller is told whose deadline comes before that.
    default Problem problem(String group) {
        return switch (this) {
            case Full(var limit, var until) when limit.quota() ->
                    Problem.of(
                            ProblemCode.THROTTLED,
                            "the budget '%s' of %s is used up; it resets at %s"
                                    .formatted(group, limit.label(), shown(until, zone(limit))),
                            "run again after that, or raise the quota with the vendor and in"
                                    + " 'limits'");
            case Full(var limit, var until) ->
                    Problem.of(
                            ProblemCode.THROTTLED,
                            "the limit %s of budget '%s' leaves no room before %s"
                                    .formatted(
                                            limit.label(),
                                            group,
                                            shown(until, ZoneId.systemDefault())),
                            "wait longer, or let fewer flows share the budget");
            case Paused(var until) ->
                    Problem.of(
                            ProblemCode.THROTTLED,
                            "the vendor asked for no calls on budget '%s' before %s"
                                    .formatted(group, shown(until, ZoneId.systemDefault())),
                            "run again after that");
            case QuotaGone(var until) ->
                    Problem.of(
                            ProblemCode.THROTTLED,
                            "the vendor says the quota of budget '%s' is used up; it resets at %s"
                                    .formatted(group, shown(until, ZoneId.systemDefault())),
                            "run again after that, or raise the quota with the vendor");
        };
    }

    private static ZoneId zone(Limit.Windowed limit) {
        return switch (limit) {
            case Limit.Daily(var _, var zone) -> zone;
            case Limit.Monthly(var _, var zone) -> zone;
            case Limit.Moving _, Limit.Fixed _ -> ZoneId.systemDefault();
        };
    }

    private static String shown(long micros, ZoneId zone) {
        Instant time = Limit.instant(micros);
        return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss VV").format(time.atZone(zone));
    }
}
