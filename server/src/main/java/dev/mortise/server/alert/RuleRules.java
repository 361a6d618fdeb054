package dev.mortise.server.alert;

import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// May a rule be saved?
final class RuleRules {
    private static final int NAME_MAX = 100;
    private static final int CHANNELS_MAX = 20;
    private static final Set<String> SHARED = Set.of(Rule.REMIND, Rule.ESCALATE, Rule.ESCALATE_TO);

    private RuleRules() {}

    /// @param known ids of the project's channels
    static List<Problem> problems(Rule rule, Collection<String> known) {
        List<Problem> problems = new ArrayList<>();
        if (rule.name().isBlank() || rule.name().length() > NAME_MAX) {
            problems.add(
                    invalid("name", "a name expects 1 to " + NAME_MAX + " characters", "mend it"));
        }
        channels("channels", rule.channels(), known, problems);
        channels("settings.escalate_to", rule.texts(Rule.ESCALATE_TO), known, problems);
        Set<String> names = new TreeSet<>(SHARED);
        names.addAll(rule.kind().settings());
        for (String name : rule.settings().keySet()) {
            if (!names.contains(name)) {
                problems.add(
                        Problem.of(
                                        ProblemCode.OPTION_UNKNOWN,
                                        "a rule on '%s' has no setting '%s'"
                                                .formatted(rule.kind().word(), name),
                                        Nearest.fix(name, names))
                                .at("settings." + name));
            }
        }
        numbers(rule, problems);
        kind(rule, problems);
        try {
            Silence.of(rule.silence());
        } catch (DateTimeException | IllegalArgumentException _) {
            problems.add(
                    invalid(
                            "silence",
                            "'silence' cannot be '" + rule.silence() + "'",
                            "write it like '22:00-07:00 Asia/Shanghai'"));
        }
        return problems;
    }

    private static void channels(
            String place, List<String> ids, Collection<String> known, List<Problem> problems) {
        if (ids.size() > CHANNELS_MAX) {
            problems.add(invalid(place, "at most " + CHANNELS_MAX + " channels", "drop some"));
        }
        for (String id : ids) {
            if (!known.contains(id)) {
                problems.add(
                        invalid(
                                place,
                                "the project has no channel '" + id + "'",
                                "choose one from the list of channels"));
            }
        }
    }

    private static void numbers(Rule rule, List<Problem> problems) {
        number(rule, Rule.REMIND, 0, 43_200, problems);
        number(rule, Rule.ESCALATE, 1, 43_200, problems);
        number(rule, "after", 1, 100, problems);
        number(rule, "count", 0, 1e15, problems);
        number(rule, "percent", 0, 100, problems);
        number(rule, "min", 0, 1e15, problems);
        number(rule, "max", 0, 1e15, problems);
        number(rule, "learn", 5, WatchStore.SAMPLES_MAX, problems);
        number(rule, "spread", 1, 100, problems);
        number(rule, "longer_than_minutes", 1, 43_200, problems);
        number(rule, "minutes", 1, 525_600, problems);
    }

    private static void number(
            Rule rule, String name, double min, double max, List<Problem> problems) {
        if (!rule.has(name)) {
            return;
        }
        double value = rule.number(name, Double.NaN);
        if (!(value >= min && value <= max)) {
            problems.add(
                    invalid(
                            "settings." + name,
                            "'%s' expects %.0f to %.0f, got '%s'"
                                    .formatted(name, min, max, rule.settings().get(name)),
                            "write a number between the two"));
        }
    }

    private static void kind(Rule rule, List<Problem> problems) {
        switch (rule.kind()) {
            case FAILURE, DRIFT, QUOTA -> {}
            case REJECTS -> needs(rule, problems, "count", "percent");
            case FRESHNESS -> needs(rule, problems, "minutes");
            case LATE -> {
                needs(rule, problems, "by", "longer_than_minutes");
                time(rule, problems);
            }
            case ROWS_BAND -> {
                if (rule.number("min", 0) > rule.number("max", Double.MAX_VALUE)) {
                    problems.add(invalid("settings.min", "'min' is above 'max'", "swap the two"));
                }
            }
        }
    }

    private static void needs(Rule rule, List<Problem> problems, String... either) {
        for (String name : either) {
            if (rule.has(name)) {
                return;
            }
        }
        problems.add(
                Problem.of(
                                ProblemCode.OPTION_MISSING,
                                "a rule on '%s' needs '%s'"
                                        .formatted(
                                                rule.kind().word(), String.join("' or '", either)),
                                "fill it in")
                        .at("settings." + either[0]));
    }

    private static void time(Rule rule, List<Problem> problems) {
        try {
            LocalTime.parse(rule.text("by", "00:00"));
            ZoneId.of(rule.text("zone", "UTC"));
        } catch (DateTimeException _) {
            problems.add(
                    invalid(
                            "settings.by",
                            "expected a time of day and a time zone, got '%s' and '%s'"
                                    .formatted(rule.text("by", ""), rule.text("zone", "UTC")),
                            "write by: \"08:30\" and zone: Asia/Shanghai"));
        }
    }

    private static Problem invalid(String place, String message, String fix) {
        return Problem.of(ProblemCode.VALUE_INVALID, message, fix).at(place);
    }
}
