package dev.mortise.server.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.server.run.RunLog.Level;
import dev.mortise.server.store.Database;
import dev.mortise.server.store.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLogTest {
    @TempDir private Path home = Path.of("");

    @Test
    void keepsTheEndOfARunThatTellsTooMuch() {
        try (Database database = TestDatabase.sqlite(home)) {
            RunStore runs = new RunStore(database);
            RunQueue queue = new RunQueue(database, runs, (_, _, _) -> {});
            RunRequest wish = RunRequest.of(TestDatabase.PROJECT, "a", 1, Run.Cause.MANUAL, "root");
            database.write(dsl -> runs.add(dsl, wish));
            Run run = queue.claim("server", Duration.ofMinutes(1)).orElseThrow();
            RunLog logs = new RunLog(database, queue);
            RunLog.Writer writer = logs.open(run);
            for (int i = 1; i <= 100_000; i++) {
                writer.add(Level.WARN, "out", "rows set aside " + i);
            }
            writer.add(Level.ERROR, "out", "it broke");
            writer.add(Level.INFO, null, "run finished state=failed");
            logs.flush(writer);
            List<RunLog.Line> lines = logs.read(run.id(), 0);
            assertEquals(RunLog.LINES_MAX + 2, lines.size());
            assertEquals("run finished state=failed", lines.getLast().text());
            assertEquals("it broke", lines.get(RunLog.LINES_MAX).text());
            String cut = lines.get(RunLog.LINES_MAX - 1).text();
            assertTrue(cut.contains("only errors and the end are kept"), cut);

            for (int i = 1; i <= 1_000; i++) {
                writer.add(Level.ERROR, "out", "again " + i);
            }
            logs.flush(writer);
            assertEquals(
                    RunLog.LINES_MAX + RunLog.LAST_MAX,
                    logs.read(run.id(), 0).size(),
                    "bounded all the same");
        }
    }
}
