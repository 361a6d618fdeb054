package dev.mortise.cli;

import dev.mortise.testkit.live.LocalServer;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;

/// Runs a flow and kills it again and again until it gets through. Each kill falls into one of
/// three stretches of the run, at a moment that the seed chooses.
final class Attack {
    private static final Duration LOOK = Duration.ofMillis(4);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final double MILLIS_STARTING = 60;
    private static final double MILLIS_MOVING = 30;

    /// One start in so many is killed five times in a row, as it goes on where the last one died.
    private static final int STARTS_A_STREAK = 4;

    private static final int STREAK = 5;

    private final ProjectFolder project;
    private final LocalServer server;
    private final RunWatch watch;
    private final Random random;
    private final Map<Moment, Integer> kills = new EnumMap<>(Moment.class);
    private int streak;

    /// Where in a run a kill falls.
    enum Moment {
        /// Within a tenth of a second or so of the first word to a server: logging in, planning,
        /// taking the task over, finding out where the last attempt stood.
        STARTING,
        /// Once a number of rows is committed that is drawn from those still to come.
        MOVING,
        /// Once all rows are in: publishing, forgetting the parts, the receipt, the end.
        FINISHING
    }

    Attack(ProjectFolder project, LocalServer server, RunWatch watch, Random random) {
        this.project = project;
        this.server = server;
        this.watch = watch;
        this.random = random;
    }

    /// Kills that have hit a living process, by the stretch they fell into.
    Map<Moment, Integer> kills() {
        return Map.copyOf(kills);
    }

    private int count() {
        return kills.values().stream().mapToInt(Integer::intValue).sum();
    }

    /// @param killsMax after so many the run is left alone
    /// @return what the attempt left behind that got through: its receipt was out, whatever hit it
    ///     afterwards
    Ended run(String flow, int killsMax) throws IOException, InterruptedException, SQLException {
        Program program = project.start(server, "run", flow, "--json");
        while (count() < killsMax && strikes(program)) {
            program.kill9();
            Ended ended = program.ended();
            if (!ended.json().isEmpty()) {
                watch.settle();
                watch.attempted();
                return ended;
            }
            program = next(flow);
        }
        Ended ended = program.await();
        watch.settle();
        watch.attempted();
        return ended;
    }

    /// Starts the next attempt at once, while the server may still be busy with the last one. What
    /// that one read is looked up in between, unless its sessions outlive the start of this one.
    private Program next(String flow) throws IOException, InterruptedException, SQLException {
        RunWatch.Sessions left = watch.sessions();
        Program program = project.start(server, "run", flow, "--json");
        while (watch.anyOf(left) && !watch.anyBut(left) && !program.endsWithin(LOOK)) {
            // Neither gone nor met by the next one.
        }
        if (watch.anyOf(left)) {
            watch.attemptOverlapped();
        } else {
            watch.attempted();
        }
        return program;
    }

    /// Waits for the moment of the next kill.
    ///
    /// @return false when the run ended before it
    private boolean strikes(Program program) throws InterruptedException, SQLException {
        Moment moment = draw();
        long goal = watch.rowsCommitted() + exponential(watch.rows() / 6.0);
        boolean reached =
                switch (moment) {
                    case STARTING -> await(program, () -> !watch.sessions().none());
                    case MOVING -> await(program, () -> watch.rowsCommitted() >= goal);
                    case FINISHING -> await(program, watch::moved);
                };
        double millis =
                switch (moment) {
                    case STARTING -> MILLIS_STARTING;
                    case MOVING -> MILLIS_MOVING;
                    case FINISHING -> watch.millisFinishing(random.nextBoolean());
                };
        Duration wait = Duration.ofNanos(exponential(millis * 1e6));
        if (!reached || program.endsWithin(wait)) {
            return false;
        }
        kills.merge(moment, 1, Integer::sum);
        return true;
    }

    private Moment draw() {
        if (streak > 0) {
            streak--;
            return Moment.STARTING;
        }
        double where = random.nextDouble();
        if (where < 0.15) {
            streak = random.nextInt(STARTS_A_STREAK) == 0 ? STREAK - 1 : 0;
            return Moment.STARTING;
        }
        return where < 0.7 ? Moment.MOVING : Moment.FINISHING;
    }

    private long exponential(double mean) {
        return (long) (-Math.log(1 - random.nextDouble()) * mean);
    }

    /// What is waited for.
    private interface Question {
        boolean holds() throws SQLException;
    }

    /// @return false when the run ended first
    private static boolean await(Program program, Question question)
            throws InterruptedException, SQLException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!question.holds()) {
            if (program.endsWithin(LOOK)) {
                return false;
            }
            if (System.nanoTime() > until) {
                throw new AssertionError("the run neither ended nor got to where it is killed");
            }
        }
        return true;
    }
}
