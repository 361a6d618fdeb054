package dev.mortise.server.run;

import dev.mortise.server.settings.ServerSettings;
import dev.mortise.server.store.Ids;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.springframework.stereotype.Component;

/// How this server takes part in the queue.
@Component
final class RunSettings {
    private static final int RUNS = 4;
    private static final int RUNS_MAX = 64;
    private static final int LEASE_SECONDS = 30;
    private static final int LEASE_SECONDS_MAX = 3_600;

    private static final int DAYS = 90;
    private static final int DAYS_MAX = 3_650;
    private static final int REJECT_DAYS = 180;

    private final String server;
    private final int runsMax;
    private final Duration lease;
    private final Duration kept;
    private final Duration rejectsKept;

    RunSettings(ServerSettings settings) {
        this.server = server(settings.home());
        Map<String, String> said = settings.environment();
        this.runsMax = number(said, "MORTISE_RUNS", RUNS, RUNS_MAX);
        this.lease =
                Duration.ofSeconds(
                        number(said, "MORTISE_LEASE_SECONDS", LEASE_SECONDS, LEASE_SECONDS_MAX));
        this.kept = Duration.ofDays(number(said, "MORTISE_RUN_DAYS", DAYS, DAYS_MAX));
        this.rejectsKept =
                Duration.ofDays(number(said, "MORTISE_REJECT_DAYS", REJECT_DAYS, DAYS_MAX));
    }

    private static int number(Map<String, String> said, String name, int fallback, int max) {
        String text = said.getOrDefault(name, "");
        return text.matches("\\d{1,9}") ? Math.clamp(Integer.parseInt(text), 1, max) : fallback;
    }

    /// Stays the same over restarts, so that a server finds again what it had begun.
    private static String server(Path home) {
        Path file = home.resolve("server-id");
        try {
            if (Files.exists(file) && !Files.readString(file).isBlank()) {
                return Files.readString(file).strip();
            }
            String made = Ids.next();
            Files.writeString(file, made);
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String server() {
        return server;
    }

    /// Runs at once on this server.
    int runsMax() {
        return runsMax;
    }

    /// How long a run stays a silent server's.
    Duration lease() {
        return lease;
    }

    /// How long a run is remembered after it ended.
    Duration kept() {
        return kept;
    }

    /// How long rejected rows wait that nobody deals with.
    Duration rejectsKept() {
        return rejectsKept;
    }
}
