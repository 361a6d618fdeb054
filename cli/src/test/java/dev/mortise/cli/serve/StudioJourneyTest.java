package dev.mortise.cli.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mortise.server.Server;
import dev.mortise.server.settings.ServerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The journeys of `ui/e2e` in a real browser, through a real server, to real databases.
@Tag("live")
class StudioJourneyTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path STUDIO = ROOT.resolve("ui/dist/studio");
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final long MINUTES_MAX = 10;

    @Test
    void walksEveryJourney(@TempDir Path home) throws IOException, InterruptedException {
        assumeTrue(
                Files.exists(STUDIO.resolve("index.html")),
                "the studio is not built: it takes Node.js, and ./mortise test builds it");
        assumeTrue(
                Files.isExecutable(CHROMIUM),
                "no browser: ./mortise test installs chromium when it may");
        ServerSettings settings =
                new ServerSettings(home, "127.0.0.1", 0, "", Optional.of(STUDIO), Map.of());
        try (JourneySystems systems = JourneySystems.start();
                Server server = Server.start(settings)) {
            // Stays, for it says how many clicks and seconds each journey took.
            Path told = Files.createDirectories(Path.of("target")).resolve("journeys.log");
            int code = journeys(server, systems, told);
            assertEquals(0, code, () -> read(told));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static int journeys(Server server, JourneySystems systems, Path told)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder("npm", "run", "-s", "e2e")
                        .directory(ROOT.resolve("ui").toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(told.toFile());
        builder.environment().putAll(systems.environment());
        builder.environment().put("MORTISE_URL", server.url());
        builder.environment().put("MORTISE_SETUP", server.setupLink().orElseThrow());
        builder.environment().put("CHROMIUM", CHROMIUM.toString());
        Process process = builder.start();
        try {
            if (!process.waitFor(MINUTES_MAX, TimeUnit.MINUTES)) {
                return -1;
            }
            return process.exitValue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
