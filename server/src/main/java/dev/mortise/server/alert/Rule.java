package dev.mortise.server.alert;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is watched, and who is told.
///
/// @param flow null for every flow of the project
/// @param settings numbers and texts by name, checked by [RuleRules]
/// @param channels ids
/// @param silence times of day at which nobody is told, such as `22:00-07:00 Asia/Shanghai`; or
///     empty
/// @param recovery whether the end of an incident is told too
public record Rule(
        String id,
        String project,
        String name,
        RuleKind kind,
        @Nullable String flow,
        Map<String, Object> settings,
        List<String> channels,
        String silence,
        boolean recovery,
        boolean paused,
        int revision,
        Instant createdAt) {
    static final String REMIND = "remind_minutes";
    static final String ESCALATE = "escalate_minutes";
    static final String ESCALATE_TO = "escalate_to";

    public Rule {
        settings = Map.copyOf(settings);
        channels = List.copyOf(channels);
    }

    boolean isAbout(String other) {
        return flow == null || flow.equals(other);
    }

    boolean has(String setting) {
        return settings.containsKey(setting);
    }

    double number(String setting, double fallback) {
        return settings.get(setting) instanceof Number number ? number.doubleValue() : fallback;
    }

    long whole(String setting, long fallback) {
        return (long) number(setting, (double) fallback);
    }

    String text(String setting, String fallback) {
        return settings.get(setting) instanceof String text ? text : fallback;
    }

    List<String> texts(String setting) {
        return settings.get(setting) instanceof List<?> items
                ? items.stream().map(String::valueOf).toList()
                : List.of();
    }
}
