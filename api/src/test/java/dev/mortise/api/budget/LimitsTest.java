package dev.mortise.api.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.spi.option.Place;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.problem.Problem;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LimitsTest {
    private static Tree leaf(Object text) {
        return new Tree.Leaf(text.toString(), false, Place.NOWHERE);
    }

    private static Tree.Entries entries(Object... pairs) {
        Map<String, Tree> entries = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            Object value = pairs[i + 1];
            entries.put(pairs[i].toString(), value instanceof Tree tree ? tree : leaf(value));
        }
        return new Tree.Entries(entries, Map.of(), Place.NOWHERE);
    }

    @Test
    void readsSeveralGroups() {
        List<Problem> problems = new ArrayList<>();
        Tree tree =
                entries(
                        "per",
                        entries("1s", 20, "1m", 600),
                        "concurrency",
                        5,
                        "quota",
                        entries("day", 10_000),
                        "zone",
                        "Asia/Shanghai",
                        "weights",
                        entries("orders", 5),
                        "avoid",
                        "top of the hour",
                        "also",
                        new Tree.Items(
                                List.of(
                                        entries(
                                                "group", "ip",
                                                "window", "fixed",
                                                "per", entries("20s", 10_000)),
                                        entries("each", "resource", "per", entries("1s", 40))),
                                Place.NOWHERE));
        Limits limits = Limits.read(tree, "ding", problems);
        assertEquals(List.of(), problems);
        assertEquals(
                List.of(
                        new Limits.Group(
                                "ding",
                                false,
                                List.of(
                                        new Limit.Moving(20, Duration.ofSeconds(1)),
                                        new Limit.Moving(600, Duration.ofMinutes(1)),
                                        new Limit.Concurrency(5),
                                        new Limit.Daily(10_000, ZoneId.of("Asia/Shanghai")))),
                        new Limits.Group(
                                "ip",
                                false,
                                List.of(new Limit.Fixed(10_000, Duration.ofSeconds(20)))),
                        new Limits.Group(
                                "ding-3",
                                true,
                                List.of(new Limit.Moving(40, Duration.ofSeconds(1))))),
                limits.groups());
        assertEquals(5, limits.weight("orders"));
        assertEquals(1, limits.weight("items"));
    }

    @Test
    void reportsAllThatIsWrongAtOnce() {
        List<Problem> problems = new ArrayList<>();
        Tree tree =
                entries("per", entries("1x", 20, "1s", 0), "zone", "Asia/Shanhai", "concurency", 5);
        Limits.read(tree, "ding", problems);
        List<String> told = problems.stream().map(Problem::line).toList();
        assertEquals(4, told.size(), told::toString);
        assertTrue(told.toString().contains("did you mean 'concurrency'"), told::toString);
    }

    @Test
    void wantsGroupsAndWindowsOnce() {
        List<Problem> problems = new ArrayList<>();
        Tree tree =
                entries(
                        "per",
                        entries("60s", 20, "1m", 30),
                        "also",
                        new Tree.Items(
                                List.of(entries("group", "ding", "per", entries("1s", 5))),
                                Place.NOWHERE));
        Limits.read(tree, "ding", problems);
        assertEquals(2, problems.size(), problems::toString);
        assertTrue(problems.get(0).message().contains("'1m'"), problems::toString);
        assertTrue(problems.get(1).message().contains("'ding'"), problems::toString);
    }
}
