package dev.mortise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.testkit.live.LocalPostgres;
import dev.mortise.testkit.live.LocalServer;
import dev.mortise.testkit.live.LocalServers;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// As [IncrementalTest], from MariaDB and MySQL: nothing may be missed while others write. The
/// system property `mortise.rounds` sets how many runs meet the writers.
@Tag("live")
@Tag("slow")
class MySqlIncrementalTest {
    private static final int ROUNDS = Integer.getInteger("mortise.rounds", 12);
    private static final long SEED = Long.getLong("mortise.seed", System.nanoTime());
    private static final int WRITERS = 3;
    private static final long MILLI = 1_000_000;

    private static final String TABLE =
            """
            create table events (id bigint auto_increment primary key, v int not null,
              at timestamp(6) not null default current_timestamp(6),
              wall datetime(6) not null default current_timestamp(6))
            """;

    private static final String SOURCE_ROWS =
            """
            select concat_ws(' ', id, v, date_format(at, '%Y-%m-%d %H:%i:%s.%f'),
              date_format(wall, '%Y-%m-%d %H:%i:%s.%f')) from events
            """;

    private static final String TARGET_ROWS =
            """
            select concat_ws(' ', id, v,
              to_char(at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'),
              to_char(wall, 'YYYY-MM-DD HH24:MI:SS.US')) from events
            """;

    private final LocalPostgres target = LocalServers.postgres();
    private final String into;
    private final ProjectFolder project;
    private volatile boolean ended;

    MySqlIncrementalTest(@TempDir Path folder) throws IOException, SQLException {
        into = target.freshDatabase("mysql_incremental");
        project = new ProjectFolder(folder);
        project.postgres("dst", target, into);
    }

    /// A server with a hundred events, as the connection `src`.
    private record Source(LocalServer server, String database) {
        void execute(String... statements) throws SQLException {
            server.executeIn(database, statements);
        }

        Connection connect() throws SQLException {
            Connection connection = server.connect(database);
            connection.setAutoCommit(false);
            return connection;
        }
    }

    private Source source(String make) throws IOException, SQLException {
        LocalServer server = make.equals("mysql") ? LocalServers.mySql() : LocalServers.mariaDb();
        Source source = new Source(server, server.freshDatabase("incremental"));
        source.execute(TABLE, "insert into events (v) values (1), (2), (3), (4), (5)");
        source.execute("insert into events (v) select a.v from events a, events b");
        project.connection(
                "src",
                """
                type: mysql
                host: %s
                port: %d
                database: %s
                user: %s
                password: %s
                """
                        .formatted(
                                server.host(),
                                server.port(),
                                source.database(),
                                server.user(),
                                server.password()));
        return source;
    }

    private void flow(String by, String mode) throws IOException {
        project.flow(
                "events",
                """
                steps:
                  rows: {read: src.events, incremental: {by: %s}}
                  out: {from: rows, write: dst.public.events, mode: %s}
                """
                        .formatted(by, mode));
    }

    private void run(String told) {
        Ended run = project.call(target, "run", "events", "--json");
        assertEquals(0, run.code(), told + run);
    }

    private static List<String> rows(Connection connection, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                rows.add(row.getString(1));
            }
        }
        rows.sort(null);
        return rows;
    }

    private void assertEqual(Source source, String told) throws SQLException {
        try (Connection from = source.server().connect(source.database());
                Connection to = target.connect(into)) {
            List<String> wanted = rows(from, SOURCE_ROWS);
            List<String> found = rows(to, TARGET_ROWS);
            TreeSet<String> missing = new TreeSet<>(wanted);
            missing.removeAll(found);
            TreeSet<String> extra = new TreeSet<>(found);
            extra.removeAll(wanted);
            assertEquals("[] []", missing + " " + extra, told + "missing, extra");
            assertEquals(wanted.size(), found.size(), told + "rows doubled");
        }
    }

    /// How others write: long transactions that overlap nearly always, or short ones between which
    /// the table is often at rest, so that a cursor moves at once and may move too far.
    private record Manner(boolean updates, long openMax, long restMax) {}

    private List<Thread> write(Source source, Manner manner, List<Throwable> failures) {
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            Random random = new Random(SEED + i);
            writers.add(
                    Thread.ofPlatform()
                            .uncaughtExceptionHandler((_, e) -> failures.add(e))
                            .start(() -> write(source, manner, random)));
        }
        return writers;
    }

    private void write(Source source, Manner manner, Random random) {
        try (Connection connection = source.connect();
                Statement statement = connection.createStatement()) {
            while (!ended) {
                statement.execute(
                        "insert into events (v) values (%d)".formatted(random.nextInt(1000))
                                + ", (0)".repeat(random.nextInt(8)));
                LockSupport.parkNanos(random.nextLong(manner.openMax()));
                if (manner.updates()) {
                    statement.execute(
                            "update events set v = v + 1, at = now(6), wall = now(6) where id = "
                                    + (1 + random.nextInt(20)));
                    LockSupport.parkNanos(random.nextLong(manner.openMax()));
                }
                if (random.nextInt(5) == 0) {
                    connection.rollback();
                } else {
                    connection.commit();
                }
                LockSupport.parkNanos(random.nextLong(manner.restMax()));
            }
            connection.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
                    mariadb; at;   append
                    mariadb; wall; append
                    mariadb; id;   append
                    mariadb; at;   upsert, key: [id]
                    mariadb; wall; upsert, key: [id]
                    mysql;   at;   append
                    mysql;   id;   append
                    mysql;   at;   upsert, key: [id]
                    """)
    void missesNothingThatCommitsLate(String make, String by, String mode) throws Exception {
        Source source = source(make);
        flow(by, mode);
        boolean updates = mode.startsWith("upsert");
        String told = "%s, seed %d, by %s, %s: ".formatted(make, SEED, by, mode);
        attack(source, new Manner(updates, 140 * MILLI, 60 * MILLI), told);
        ended = false;
        attack(source, new Manner(updates, 6 * MILLI, 30 * MILLI), told);
    }

    private void attack(Source source, Manner manner, String told) throws Exception {
        List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
        List<Thread> writers = write(source, manner, failures);
        for (int round = 0; round < ROUNDS; round++) {
            run(told);
        }
        ended = true;
        for (Thread writer : writers) {
            writer.join();
        }
        // What was written within the last second may still be in reach of a clock's grain.
        run(told);
        LockSupport.parkNanos(2_100 * MILLI);
        run(told);
        assertEquals(List.of(), failures, told);
        assertEqual(source, told);
    }

    /// The list of open transactions is a copy that the server does not renew as long as somebody
    /// looks at it often, as a monitor does, or another run.
    @ParameterizedTest
    @CsvSource({"mariadb, at", "mariadb, id", "mysql, at", "mysql, id"})
    void seesAnOpenTransactionThoughOthersLookAtTheListToo(String make, String by)
            throws Exception {
        Source source = source(make);
        flow(by, "append");
        run("first, ");
        Random random = new Random(SEED);
        Thread monitor = monitor(source, () -> (30 + random.nextLong(200)) * MILLI);
        meetALateCommit(source, monitor, () -> run("open, "));
        run("committed, ");
        run("once more, ");
        assertEqual(source, "seed " + SEED + ", ");
    }

    /// Then there is no telling what is open, and the run says so rather than lose a row.
    @Test
    void endsWhenTheListIsNeverRenewed() throws Exception {
        Source source = source("mariadb");
        flow("at", "append");
        run("first, ");
        Thread monitor = monitor(source, () -> 15 * MILLI);
        meetALateCommit(
                source,
                monitor,
                () -> {
                    Ended run = project.call(target, "run", "events", "--json");
                    assertEquals(1, run.code(), run.toString());
                    assertEquals("TIMED_OUT", run.problemCode(), run.toString());
                    assertTrue(run.err().contains("innodb_trx"), run.toString());
                    flow("at, lookback: 1m", "upsert, key: [id]");
                    run("with a lookback, ");
                });
        run("committed, ");
        assertEqual(source, "");
    }

    /// Some act while a transaction is open that began before the last row was committed.
    private interface Act {
        void run() throws Exception;
    }

    private void meetALateCommit(Source source, Thread monitor, Act act) throws Exception {
        try (Connection slow = source.connect();
                Statement statement = slow.createStatement()) {
            LockSupport.parkNanos(300 * MILLI);
            statement.execute("insert into events (v) values (4711)");
            LockSupport.parkNanos(3_000 * MILLI);
            source.execute("insert into events (v) values (1)");
            LockSupport.parkNanos(1_500 * MILLI);
            act.run();
            slow.commit();
        } finally {
            ended = true;
            monitor.join();
        }
        LockSupport.parkNanos(2_100 * MILLI);
    }

    /// @param pause nanoseconds between two looks
    private Thread monitor(Source source, LongSupplier pause) {
        return Thread.ofPlatform()
                .start(
                        () -> {
                            try (Connection connection =
                                    source.server().connect(source.database())) {
                                while (!ended) {
                                    Ask.one(
                                            connection,
                                            "select count(*) from information_schema.innodb_trx");
                                    LockSupport.parkNanos(pause.getAsLong());
                                }
                            } catch (SQLException e) {
                                throw new IllegalStateException(e);
                            }
                        });
    }

    /// Rows that share the highest time of the run before, written after it.
    @ParameterizedTest
    @ValueSource(strings = {"mariadb", "mysql"})
    void takesRowsWithTheTimeOfTheEdge(String make) throws Exception {
        Source source = source(make);
        flow("at", "upsert, key: [id]");
        run("first, ");
        for (int round = 0; round < 3; round++) {
            source.execute(
                    "insert into events (v, at) select v, (select max(at) from events e) from"
                            + " events limit 50");
            run("round " + round + ", ");
            assertEqual(source, "round " + round + ", ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mariadb", "mysql"})
    void takesRowsDatedBackWithinTheLookback(String make) throws Exception {
        Source source = source(make);
        flow("at, lookback: 10m", "upsert, key: [id]");
        run("first, ");
        source.execute(
                "insert into events (v, at) values (1, now(6) - interval 9 minute)",
                "update events set v = 77, at = at - interval 5 minute where id = 5");
        run("second, ");
        assertEqual(source, "");
    }

    /// An open transaction holds the edge back; what it brings must come with a later run.
    @ParameterizedTest
    @ValueSource(strings = {"mariadb", "mysql"})
    void waitsForATransactionThatIsOpenForManyRuns(String make) throws Exception {
        Source source = source(make);
        for (String by : List.of("at", "id")) {
            flow(by, "append");
            target.executeIn(into, "drop table if exists events, mortise_checkpoint");
            try (Connection slow = source.connect();
                    Statement statement = slow.createStatement()) {
                statement.execute("insert into events (v) values (4711)");
                for (int round = 0; round < 3; round++) {
                    source.execute("insert into events (v) values (%d)".formatted(round));
                    run("open, by " + by);
                }
                slow.commit();
            }
            LockSupport.parkNanos(2_100 * MILLI);
            run("committed, by " + by);
            run("once more, by " + by);
            assertEqual(source, "by " + by + ", ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mariadb", "mysql"})
    void readsTheEdgeAtMostWhenNothingMoved(String make) throws Exception {
        Source source = source(make);
        flow("id", "upsert, key: [id]");
        for (int round = 0; round < 3; round++) {
            run("round " + round + ", ");
            source.execute("insert into events (v) values (1), (2), (3)");
        }
        run("last, ");
        assertEqual(source, "");
        Ended idle = project.call(target, "run", "events", "--json");
        long read = idle.json().path("steps").path("rows").path("rows_in").asLong();
        assertTrue(read <= 1, "an idle run reads the edge at most: " + idle);
    }
}
