package dev.mortise.bench.race;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SummaryTest {
    @TempDir private Path folder = Path.of("");

    private static Sample sample(int cycle, String role, double wall) {
        return sample(cycle, role, wall, 1_000_000);
    }

    private static Sample sample(int cycle, String role, double wall, long units) {
        return sample("s", cycle, role, wall, units);
    }

    private static Sample sample(String session, int cycle, String role, double wall, long units) {
        return new Sample(
                "2026-01-01T00:00:00Z",
                session,
                "abc",
                "pg-pg",
                "PostgreSQL → PostgreSQL",
                role,
                role + " command",
                cycle,
                "ABBA",
                1,
                true,
                Map.of("jdk", "25"),
                Map.of(),
                "on",
                units,
                wall,
                null,
                Map.of("client", 0.5, "server", 2.0),
                200,
                1_000_000,
                "1",
                true,
                0.1,
                0,
                false,
                "");
    }

    private static List<Sample> cycle(int cycle, double floor, double ours) {
        return List.of(
                sample(cycle, Contender.FLOOR, floor),
                sample(cycle, Contender.OURS, ours),
                sample(cycle, Contender.OURS, ours),
                sample(cycle, Contender.FLOOR, floor));
    }

    @Test
    void takesTheMedianOfTheRatiosOfTheCycles() {
        List<Sample> samples = new ArrayList<>(cycle(1, 2, 2));
        samples.addAll(cycle(2, 4, 2));
        samples.addAll(cycle(3, 3, 2));
        samples.addAll(cycle(4, 9, 1).stream().map(s -> s.asVoid("noise")).toList());

        Summary summary = Summary.of(samples).getFirst();

        assertEquals(new Summary.Spread(1.5, 1, 2), summary.wallRatio());
        assertEquals(3, summary.cycles());
        assertEquals(1, summary.voided());
    }

    @Test
    void aSessionWithoutACycleThatCountsHidesNoEarlierOne() {
        List<Sample> samples = new ArrayList<>(cycle(1, 3, 2));
        samples.add(sample("later", 1, Contender.FLOOR, 9, 1_000_000).asVoid("noise"));
        samples.add(sample("later", 1, Contender.OURS, 1, 1_000_000).asVoid("noise"));

        String table = new Board(samples, List.of(), Map.of()).markdown(Board.Language.EN);

        assertTrue(table.contains("**1.50**"), table);
        assertTrue(!table.contains("NaN"), table);
    }

    @Test
    void turnsTheOrderAroundInEveryOtherCycle() {
        Output none = new Output(0, "");
        Contender floor =
                Contender.floor("", none, () -> dev.mortise.bench.tool.Launched.UNWATCHED);
        Contender ours = Contender.ours("", none, () -> dev.mortise.bench.tool.Launched.UNWATCHED);
        Contender peer =
                Contender.peer("x", "", none, () -> dev.mortise.bench.tool.Launched.UNWATCHED);
        List<Contender> all = List.of(floor, ours, peer);

        assertEquals(List.of(floor, ours, ours, floor, peer), Race.turns(all, 1, true));
        assertEquals(List.of(ours, floor, floor, ours), Race.turns(all, 2, false));
        assertEquals(List.of(ours), Race.turns(List.of(ours), 1, true));
    }

    @Test
    void readsBackWhatItKept() throws IOException {
        Records records = new Records(folder.resolve("results.jsonl"));
        List<Sample> samples = cycle(1, 2, 2);
        records.append(samples);

        assertEquals(samples, records.read());
    }

    @Test
    void showsTheLastSessionOfAWorkload() {
        Board board = new Board(cycle(1, 3, 2), List.of("pg-pg"), Map.of("pg-pg", "甲"));

        String english = board.markdown(Board.Language.EN);
        assertTrue(
                english.contains(
                        "| PostgreSQL → PostgreSQL | `floor command` | **1.50** (1.50–1.50) |"),
                english);
        assertTrue(board.markdown(Board.Language.ZH).contains("| 甲 |"));
    }

    @Test
    void tellsWhatEachOfFewThingsTook() {
        List<Sample> tables =
                List.of(sample(1, Contender.FLOOR, 5, 500), sample(1, Contender.OURS, 10, 500));

        String english = new Board(tables, List.of("pg-pg"), Map.of()).markdown(Board.Language.EN);
        assertTrue(english.contains("| **0.50** (0.50–0.50), 20 ms each | – |"), english);
    }
}
