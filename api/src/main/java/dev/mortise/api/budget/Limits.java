package dev.mortise.api.budget;

import dev.mortise.spi.option.Settings;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.option.TreeReader;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The limits of a connection as its definition says them.
///
/// @param groups counted each by itself; a call needs room in all of them
/// @param weights what a call to a resource weighs; of others 1
/// @param spread how long after each full hour the calls of connections are spread over; zero for
///     not at all
public record Limits(List<Group> groups, Map<String, Integer> weights, Duration spread) {
    static final int WEIGHT_MAX = 10_000;
    static final int GROUPS_MAX = 8;
    private static final Duration TOP_OF_THE_HOUR = Duration.ofMinutes(2);
    private static final Duration WINDOW_MAX = Duration.ofDays(31);
    private static final List<String> WINDOWS = List.of("moving", "fixed");

    /// Limits that are counted together.
    ///
    /// @param name connections that use the same name share what is counted
    /// @param each whether every resource counts by itself
    public record Group(String name, boolean each, List<Limit> limits) {
        public Group {
            limits = List.copyOf(limits);
        }
    }

    public Limits {
        groups = List.copyOf(groups);
        weights = Map.copyOf(weights);
    }

    public int weight(String resource) {
        return weights.getOrDefault(resource, 1);
    }

    /// Reads `limits` of a connection.
    ///
    /// ```yaml
    /// per: {1s: 20, 1m: 600}
    /// window: moving            # or fixed
    /// concurrency: 5
    /// quota: {day: 10000}
    /// zone: Asia/Shanghai
    /// group: dingtalk-app       # the connection's own name when absent
    /// weights: {orders: 5}
    /// avoid: top of the hour
    /// also:
    ///   - {group: dingtalk-ip, per: {20s: 10000}}
    ///   - {group: dingtalk-api, each: resource, per: {1s: 40}}
    /// ```
    ///
    /// @param connection its name, which is the group when none is named
    public static Limits read(Tree tree, String connection, List<Problem> problems) {
        TreeReader reader = TreeReader.of(tree, "'limits'", problems);
        List<Group> groups = new ArrayList<>();
        groups.add(group(reader, connection));
        Map<String, Integer> weights = new LinkedHashMap<>();
        reader.inner("weights", "'weights' of 'limits'")
                .ifPresent(
                        inner ->
                                inner.entries()
                                        .keySet()
                                        .forEach(
                                                name ->
                                                        weights.put(
                                                                name,
                                                                inner.integer(
                                                                        name, 1, WEIGHT_MAX, 1))));
        String avoid = reader.choice("avoid", "", List.of("", "top of the hour"));
        reader.find("also").ifPresent(also -> groups.addAll(also(also, reader, connection)));
        reader.end();
        checkApart(groups, reader);
        List<Group> used = groups.stream().filter(g -> !g.limits().isEmpty()).toList();
        return new Limits(used, weights, avoid.isEmpty() ? Duration.ZERO : TOP_OF_THE_HOUR);
    }

    /// Of two groups of one name the second would take the place of the first.
    private static void checkApart(List<Group> groups, TreeReader reader) {
        Set<String> names = new HashSet<>();
        for (Group group : groups) {
            if (!names.add(group.each() + group.name())) {
                reader.invalid("also", "groups of different names, got '" + group.name() + "'");
            }
        }
    }

    private static List<Group> also(Tree also, TreeReader reader, String connection) {
        List<Tree> items = also instanceof Tree.Items(var found, var _) ? found : List.of(also);
        if (items.size() >= GROUPS_MAX) {
            reader.invalid("also", "at most " + (GROUPS_MAX - 1) + " groups, got " + items.size());
            return List.of();
        }
        List<Group> groups = new ArrayList<>();
        for (Tree item : items) {
            String what = "entry " + (groups.size() + 1) + " of 'also'";
            TreeReader inner = TreeReader.of(item, what, reader.problems());
            groups.add(group(inner, connection + "-" + (groups.size() + 2)));
            inner.end();
        }
        return groups;
    }

    private static Group group(TreeReader reader, String name) {
        List<Limit> limits = new ArrayList<>();
        boolean fixed = reader.choice("window", "moving", WINDOWS).equals("fixed");
        reader.inner("per", "'per' of 'limits'").ifPresent(r -> per(r, fixed, limits));
        int concurrency = reader.integer("concurrency", 1, 100_000, 0);
        if (concurrency > 0) {
            limits.add(new Limit.Concurrency(concurrency));
        }
        ZoneId zone = zone(reader);
        Optional<TreeReader> quota = reader.inner("quota", "'quota' of 'limits'");
        quota.ifPresent(r -> quota(r, zone, limits));
        boolean each = reader.choice("each", "", List.of("", "resource")).equals("resource");
        String group = reader.text("group", name);
        if (limits.stream().filter(Limit.Windowed.class::isInstance).count() > Sheet.ROWS) {
            reader.invalid("per", "at most " + Sheet.ROWS + " windows");
            return new Group(group, each, List.of());
        }
        return new Group(group, each, limits);
    }

    private static void per(TreeReader reader, boolean fixed, List<Limit> limits) {
        Set<Duration> lengths = new HashSet<>();
        for (String word : reader.entries().keySet()) {
            Optional<Duration> window =
                    Settings.parseDuration(word)
                            .filter(w -> w.isPositive() && w.compareTo(WINDOW_MAX) <= 0);
            int max = reader.integer(word, 1, 999_999_999, 1);
            if (window.isEmpty()) {
                reader.problem(
                        ProblemCode.OPTION_INVALID,
                        reader.placeOf(word),
                        "'per' of 'limits' expects a time such as 1s or 20s, got '" + word + "'",
                        "write it like 'per: {1s: 20, 1m: 600}'");
            } else {
                Duration length = window.get();
                Limit limit = fixed ? new Limit.Fixed(max, length) : new Limit.Moving(max, length);
                if (!lengths.add(length)) {
                    reader.invalid(word, "a time that does not stand there yet in other words");
                }
                limits.add(limit);
            }
        }
    }

    private static void quota(TreeReader reader, ZoneId zone, List<Limit> limits) {
        int day = reader.integer("day", 1, 999_999_999, 0);
        int month = reader.integer("month", 1, 999_999_999, 0);
        reader.end();
        if (day > 0) {
            limits.add(new Limit.Daily(day, zone));
        }
        if (month > 0) {
            limits.add(new Limit.Monthly(month, zone));
        }
    }

    private static ZoneId zone(TreeReader reader) {
        String text = reader.text("zone", "UTC");
        try {
            return ZoneId.of(text);
        } catch (DateTimeException _) {
            reader.invalid("zone", "a time zone such as Asia/Shanghai, got '" + text + "'");
            return ZoneId.of("UTC");
        }
    }
}
