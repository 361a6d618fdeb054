package dev.mortise.connectors.mysql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Incremental;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.connect.Snapshot;
import dev.mortise.spi.connect.Source;
import dev.mortise.testkit.contract.Rows;
import dev.mortise.testkit.live.LocalMariaDb;
import dev.mortise.testkit.live.LocalOptions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A sink that appends must get each row once, whatever others write while a cursor moves.
@Tag("live")
final class MySqlCursorTest {
    private static final long SEED = Long.getLong("mortise.seed", System.nanoTime());
    private static final int LOOKS = 150;
    private static final int WRITERS = 3;
    private static final long MILLI = 1_000_000;

    private volatile boolean ended;

    /// Reads what moved, as an appending sink wants it, and remembers where it got to.
    private static final class Follower {
        private final MySqlConnector connector;
        private final String by;
        private final List<String> ids = new ArrayList<>();
        private Optional<String> after = Optional.empty();

        Follower(MySqlConnector connector, String by) {
            this.connector = connector;
            this.by = by;
        }

        void follow() {
            Incremental moved = new Incremental(by, after, Duration.ZERO, false);
            Scan scan = new Scan(List.of("id"), Optional.empty(), Optional.of(moved));
            try (Snapshot snapshot = connector.snapshot(connector.describe("events"), scan)) {
                for (Range range : snapshot.ranges(Long.MAX_VALUE)) {
                    read(snapshot, range);
                }
                after = snapshot.cursor().or(() -> after);
            }
        }

        private void read(Snapshot snapshot, Range range) {
            try (Source source = snapshot.source(range, _ -> {})) {
                for (Batch next = source.next(); next != null; next = source.next()) {
                    Rows.texts(List.of(next)).forEach(row -> ids.add(row.getFirst()));
                }
            }
        }

        /// Ids it has missed, and those it has read twice.
        String wrong(MySqlFixture fixture) {
            String there = fixture.text("select json_arrayagg(id) from events");
            List<String> wanted =
                    List.of(String.valueOf(there).replaceAll("[^0-9,]", "").split(","));
            List<String> missed = new ArrayList<>(wanted);
            missed.removeAll(new HashSet<>(ids));
            List<String> twice = new ArrayList<>(ids);
            new HashSet<>(ids).forEach(twice::remove);
            return "missed " + missed + ", twice " + twice;
        }
    }

    /// A number is drawn before its row commits, so a smaller one may come to light later.
    @ParameterizedTest
    @ValueSource(strings = {"mariadb", "mysql"})
    void missesNoNumberThatCommitsLate(String make) throws InterruptedException {
        MySqlFixture fixture =
                make.equals("mysql")
                        ? MySqlFixture.mySql(MySqlCursorTest.class)
                        : MySqlFixture.mariaDb(MySqlCursorTest.class);
        fixture.execute(
                "drop table if exists events",
                "create table events (id bigint auto_increment primary key, v int)");
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            Random random = new Random(SEED + i);
            writers.add(Thread.ofPlatform().start(() -> write(fixture, random)));
        }
        try (MySqlConnector connector = fixture.open()) {
            Follower follower = new Follower(connector, "id");
            for (int look = 0; look < LOOKS; look++) {
                follower.follow();
            }
            ended = true;
            for (Thread writer : writers) {
                writer.join();
            }
            follower.follow();
            assertEquals("missed [], twice []", follower.wrong(fixture), "seed " + SEED);
        }
    }

    private void write(MySqlFixture fixture, Random random) {
        try (Connection connection = fixture.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            while (!ended) {
                statement.execute("insert into events (v) values (1)");
                LockSupport.parkNanos(random.nextLong(4 * MILLI));
                connection.commit();
                LockSupport.parkNanos(random.nextLong(16 * MILLI));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Times of whole seconds, of which more follow in the same second; and wall clocks, which
    /// some write in the server's zone and others in UTC.
    @ParameterizedTest
    @CsvSource({
        "+00:00, at, now()",
        "+08:00, at, now()",
        "+00:00, wall, now()",
        "+08:00, wall, now()",
        "+08:00, wall, utc_timestamp()",
        "-05:00, wall, now()",
        "-05:00, wall, utc_timestamp()"
    })
    void takesEachRowOfASecondOnceInEveryZone(String zone, String by, String now) {
        LocalOptions options = LocalOptions.defaults().set("default_time_zone", zone);
        try (LocalMariaDb server = LocalMariaDb.start(options)) {
            MySqlFixture fixture = new MySqlFixture(server);
            fixture.execute(
                    "create table events (id bigint auto_increment primary key,"
                            + " at timestamp not null default current_timestamp, wall datetime)");
            try (MySqlConnector connector = fixture.open()) {
                Follower follower = new Follower(connector, by);
                for (int i = 0; i < 12; i++) {
                    fixture.execute("insert into events (wall) values (%s)".formatted(now));
                    follower.follow();
                    LockSupport.parkNanos(130 * MILLI);
                }
                LockSupport.parkNanos(2_100 * MILLI);
                follower.follow();
                follower.follow();
                assertEquals("missed [], twice []", follower.wrong(fixture));
            }
        }
    }
}
