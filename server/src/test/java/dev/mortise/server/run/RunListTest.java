package dev.mortise.server.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.server.store.Database;
import dev.mortise.server.store.TestDatabase;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The list of runs of a server that has been at it for long. How long it takes is printed.
/// `-Dmortise.runs=200000` for the full size.
class RunListTest {
    private static final int ASKED = 20;

    private static RunFilter filter(String flow, List<String> states, String actor, String query) {
        return new RunFilter(
                List.of(TestDatabase.PROJECT), flow, states, "", actor, null, null, query, null);
    }

    @Test
    void answersFromIndexes(@TempDir Path home) {
        int runs = Integer.getInteger("mortise.runs", 20_000);
        try (Database database = TestDatabase.sqlite(home)) {
            fill(database, runs);
            RunStore store = new RunStore(database);
            List<Long> micros = new ArrayList<>();
            for (RunFilter filter :
                    List.of(
                            filter("", List.of(), "", ""),
                            filter("f7", List.of(), "", ""),
                            filter("", List.of("failed"), "", ""),
                            filter("f7", List.of("failed", "cancelled"), "", ""),
                            filter("", List.of(), "rare", ""),
                            filter("", List.of(), "", "f1"),
                            ended(runs))) {
                long worst = timed(store, filter, micros);
                System.err.printf("%,d runs, %s: at most %,d µs%n", runs, filter, worst);
            }
            Collections.sort(micros);
            long p95 = micros.get(micros.size() * 95 / 100);
            System.err.printf("%,d runs: p95 %,d µs%n", runs, p95);
            assertEquals(50, store.list(filter("", List.of("failed"), "", ""), 50).size());
            assertTrue(store.list(filter("", List.of(), "rare", ""), 50).size() > 0);
        }
    }

    private static RunFilter ended(int runs) {
        return new RunFilter(
                List.of(TestDatabase.PROJECT),
                "",
                List.of(),
                "",
                "",
                Instant.ofEpochMilli(runs / 2),
                Instant.ofEpochMilli(runs / 2 + 100),
                "",
                null);
    }

    private static long timed(RunStore store, RunFilter filter, List<Long> micros) {
        long worst = 0;
        for (int i = 0; i < ASKED; i++) {
            long begun = System.nanoTime();
            store.list(filter, 51);
            long taken = (System.nanoTime() - begun) / 1_000;
            micros.add(taken);
            worst = Math.max(worst, taken);
        }
        return worst;
    }

    private static void fill(Database database, int runs) {
        database.write(
                dsl ->
                        dsl.execute(
                                "with recursive n(i) as (select 1 union all select i + 1 from n"
                                        + " where i < "
                                        + runs
                                        + ") insert into run select printf('%012d', i), 'sales',"
                                        + " 'f' || (i % 50), 1, case when i % 20 = 0 then 'failed'"
                                        + " else 'succeeded' end, 'schedule', case when i % 10000 ="
                                        + " 0 then 'rare' else 'schedule' end, '', 0, null, '', 0,"
                                        + " i, i, i, i, i, 1, 0, 0, 0, 0, 9, 9, 0, null, 0, '',"
                                        + " 0, 0"
                                        + " from n"));
    }
}
