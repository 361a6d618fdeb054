package dev.mortise.cli;

import dev.mortise.testkit.live.Await;
import dev.mortise.testkit.live.LocalServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;

/// Runs a flow and kills it again and again until it gets through. Kills fall at moments of an
/// exponential distribution, counted from when the process first speaks to a server; three in ten
/// fall right after, into the start or the resuming.
final class Attack {
    private static final double SHARE_EARLY = 0.3;
    private static final double MILLIS_EARLY = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ProjectFolder project;
    private final LocalServer server;
    private final Random random;
    private final double millis;
    private int kills;

    /// @param millis mean of the moments that are not early
    Attack(ProjectFolder project, LocalServer server, Random random, double millis) {
        this.project = project;
        this.server = server;
        this.random = random;
        this.millis = millis;
    }

    /// Kills that have hit a living process.
    int kills() {
        return kills;
    }

    /// @param killsMax after so many the run is left alone
    /// @return what the attempt left behind that got through
    Ended run(String flow, int killsMax) throws IOException, InterruptedException, SQLException {
        int before = kills;
        while (true) {
            Program program = project.start(server, "run", flow, "--json");
            boolean last = kills - before >= killsMax;
            if (last || survives(program)) {
                return program.await();
            }
            program.kill9();
            program.ended();
            kills++;
        }
    }

    private boolean survives(Program program) throws InterruptedException, SQLException {
        awaitContact(program);
        double mean = random.nextDouble() < SHARE_EARLY ? MILLIS_EARLY : millis;
        double wait = -Math.log(1 - random.nextDouble()) * mean;
        return program.endsWithin(Duration.ofNanos((long) (wait * 1e6)));
    }

    private void awaitContact(Program program) throws SQLException {
        try (Connection connection = server.connect()) {
            Await.until(
                    "the process speaks to the server",
                    PATIENCE,
                    () -> !program.alive() || sessions(connection) > 0);
        }
    }

    /// Sessions of ours; those of a process that was killed end when they next speak to it.
    private static long sessions(Connection connection) throws SQLException {
        return Long.parseLong(
                Ask.one(
                        connection,
                        "select count(*) from pg_stat_activity"
                                + " where application_name like 'mortise%'"));
    }

    /// Waits until the server has noticed the end of every killed process.
    void settle() throws SQLException {
        try (Connection connection = server.connect()) {
            Await.until("killed sessions end", PATIENCE, () -> sessions(connection) == 0);
        }
    }
}
