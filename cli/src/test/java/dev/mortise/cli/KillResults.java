package dev.mortise.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Locale;

/// What came of the kills of a test, kept as a line of JSON in the file that the system property
/// `mortise.results` names, under the commit that `mortise.commit` names.
final class KillResults {
    private final long seed;
    private final long rows;
    private int kills;
    private long rowsAgain;

    KillResults(long seed, long rows) {
        this.seed = seed;
        this.rows = rows;
    }

    /// @param again rows that were read again after so many kills
    void add(int more, long again) {
        kills += more;
        rowsAgain += again;
    }

    /// Rows are neither lost nor doubled here: a test that found one has failed before.
    void record() throws IOException {
        String file = System.getProperty("mortise.results", "");
        if (file.isEmpty() || kills == 0) {
            return;
        }
        String line =
                """
                {"at":"%s","test":"KillTest","commit":"%s","seed":%d,"rows":%d,"kills":%d,\
                "rows_lost":0,"rows_doubled":0,"rows_again_a_kill":%d,"share_again_a_kill":%s}
                """
                        .formatted(
                                Instant.now(),
                                System.getProperty("mortise.commit", ""),
                                seed,
                                rows,
                                kills,
                                rowsAgain / kills,
                                String.format(
                                        Locale.ROOT, "%.5f", (double) rowsAgain / kills / rows));
        Files.writeString(
                Path.of(file), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
