package dev.mortise.connectors.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.connect.Incremental;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.RejectedRow;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.connect.Snapshot;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.testkit.contract.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What reading PostgreSQL must get right beyond the contracts.
@Tag("live")
final class PostgresReadingTest {
    private static final Rejects NONE =
            row -> {
                throw new AssertionError(row.toString());
            };

    private final PostgresFixture postgres = PostgresFixture.of(PostgresReadingTest.class);

    @AfterEach
    void endSessions() {
        postgres.closeOpened();
    }

    private static List<@Nullable String> read(Snapshot snapshot, List<Range> ranges, Rejects to) {
        List<@Nullable String> values = new ArrayList<>();
        for (Range range : ranges) {
            try (Source source = snapshot.source(range, to)) {
                for (Batch b = source.next(); b != null; b = source.next()) {
                    Rows.texts(List.of(b)).forEach(row -> values.add(row.getFirst()));
                }
            }
        }
        return values;
    }

    private Snapshot snapshot(String dataset) {
        return snapshot(dataset, Scan.ALL);
    }

    private Snapshot snapshot(String dataset, Scan scan) {
        PostgresConnector connector = postgres.open();
        return connector.snapshot(connector.describe(dataset), scan);
    }

    private void assertSplits(String dataset, int rows, int rangesMin) {
        try (Snapshot snapshot = snapshot(dataset)) {
            List<Range> ranges = snapshot.ranges(100);
            assertTrue(ranges.size() >= rangesMin, () -> ranges.size() + " ranges");
            List<@Nullable String> values = read(snapshot, ranges, NONE);
            assertEquals(rows, values.size());
            assertEquals(rows, values.stream().distinct().count());
        }
    }

    @Test
    void splitsKeysOfEveryKind() {
        postgres.execute(
                "drop table if exists by_text, by_pair, sparse, parted cascade",
                "create table by_text (k text primary key)",
                "insert into by_text select md5(i::text) || ', |=%'"
                        + " from generate_series(1, 1000) i",
                "create table by_pair (v text, a int, b timestamptz, primary key (a, b))",
                "insert into by_pair select i, i % 3, timestamptz 'epoch' + i * interval '1 us'"
                        + " from generate_series(1, 1000) i",
                "create table sparse (k bigint primary key)",
                "insert into sparse select i * i * i - 500000 from generate_series(1, 1000) i",
                "create table parted (k int primary key) partition by range (k)",
                "create table parted_1 partition of parted for values from (0) to (500)",
                "create table parted_2 partition of parted for values from (500) to (5000)",
                "insert into parted select generate_series(1, 1000)",
                "analyze");
        assertSplits("by_text", 1_000, 9);
        assertSplits("by_pair", 1_000, 9);
        assertSplits("sparse", 1_000, 9);
        assertSplits("parted", 1_000, 9);
    }

    @Test
    void readsViewsWhole() {
        postgres.execute(
                "create or replace view numbers as select i::int as n"
                        + " from generate_series(1, 500) i");
        assertSplits("numbers", 500, 1);
    }

    @Test
    void rangesOfATableWithoutKeyNoticeThatItWasWrittenTo() {
        postgres.execute(
                "drop table if exists keyless",
                "create table keyless (v text)",
                "insert into keyless select repeat('x', 500) || i from generate_series(1, 2000) i",
                "analyze keyless");
        assertSplits("keyless", 2_000, 10);
        List<Range> ranges;
        try (Snapshot snapshot = snapshot("keyless")) {
            ranges = snapshot.ranges(100);
        }
        try (Snapshot later = snapshot("keyless")) {
            assertEquals(2_000, read(later, ranges, NONE).size());
        }
        postgres.execute("update keyless set v = v || '!' where v like '%99'");
        try (Snapshot changed = snapshot("keyless")) {
            var thrown = assertThrows(ProblemException.class, () -> read(changed, ranges, NONE));
            assertEquals(ProblemCode.SOURCE_CHANGED, thrown.problem().code());
        }
    }

    @Test
    void aSmallRangeIsAnIndexScan() {
        postgres.execute(
                "drop table if exists large",
                "create table large (id bigint primary key, v text)",
                "insert into large select i, md5(i::text) from generate_series(1, 200000) i",
                "vacuum analyze large");
        try (Snapshot snapshot = snapshot("large")) {
            List<Range> ranges = snapshot.ranges(1_000);
            String sql = ((PostgresSnapshot) snapshot).select(Bounds.parse(ranges.get(7).bounds()));
            String plan = postgres.text("explain " + sql);
            assertTrue(plan != null && plan.startsWith("Index Scan"), () -> sql + "\n" + plan);
        }
    }

    @Test
    void rejectsTheRowsNoDecimalHolds() {
        postgres.execute(
                "drop table if exists numbers_of_all_kinds",
                "create table numbers_of_all_kinds (n numeric, d date, t text)",
                "insert into numbers_of_all_kinds values (1, null, 'a'), ('NaN', null, 'b'),"
                        + " (1e30, null, 'c'), (0.1234567890123456789, null, 'd'),"
                        + " (2, 'infinity', null), (-3.5, '2024-02-29', 'f')");
        List<RejectedRow> rejected = new ArrayList<>();
        try (Snapshot snapshot = snapshot("numbers_of_all_kinds")) {
            List<@Nullable String> read = read(snapshot, snapshot.ranges(100), rejected::add);
            assertEquals(List.of("1.000000000000000000", "-3.500000000000000000"), read);
        }
        assertEquals(
                List.of("n", "n", "n", "d"), rejected.stream().map(RejectedRow::column).toList());
        assertEquals("{\"n\":\"NaN\",\"d\":null,\"t\":\"b\"}", rejected.getFirst().row());
        assertEquals(ProblemCode.VALUE_OUT_OF_RANGE, rejected.getFirst().problem().code());
    }

    private static Scan moved(String by, @Nullable String after, boolean open) {
        Incremental incremental =
                new Incremental(by, Optional.ofNullable(after), Duration.ZERO, open);
        return new Scan(List.of(), Optional.empty(), Optional.of(incremental));
    }

    @Test
    void aTimeCursorStaysBelowTheOldestOpenTransaction() throws SQLException {
        postgres.execute(
                "drop table if exists moved",
                "create table moved (id int primary key, at timestamptz default clock_timestamp())",
                "insert into moved select i, now() - interval '1 minute' from"
                        + " generate_series(1, 2) i");
        String late;
        try (Connection writer = postgres.connect();
                Statement statement = writer.createStatement()) {
            writer.setAutoCommit(false);
            statement.execute("insert into moved values (3, now())");
            postgres.execute("insert into moved values (4), (5)");
            try (Snapshot snapshot = snapshot("moved", moved("at", null, true))) {
                assertEquals(4, read(snapshot, snapshot.ranges(100), NONE).size());
                late = snapshot.cursor().orElseThrow();
            }
            try (Snapshot snapshot = snapshot("moved", moved("at", null, false))) {
                assertEquals(List.of("1", "2"), read(snapshot, snapshot.ranges(100), NONE));
            }
            writer.commit();
        }
        try (Snapshot snapshot = snapshot("moved", moved("at", late, true))) {
            assertEquals(
                    List.of("3", "4", "5"),
                    read(snapshot, snapshot.ranges(100), NONE).stream().sorted().toList());
        }
    }

    @Test
    void aNumberCursorWaitsForWriters() throws SQLException {
        postgres.execute(
                "drop table if exists serials",
                "create table serials (id bigserial primary key, v text)",
                "insert into serials (v) values ('a'), ('b')");
        try (Connection writer = postgres.connect();
                Statement statement = writer.createStatement()) {
            writer.setAutoCommit(false);
            statement.execute("insert into serials (v) values ('late')");
            postgres.execute("insert into serials (v) values ('early')");
            try (Snapshot snapshot = snapshot("serials", moved("id", "2", false))) {
                assertEquals(List.of(), read(snapshot, snapshot.ranges(100), NONE));
                assertEquals(Optional.of("2"), snapshot.cursor());
            }
            writer.commit();
        }
        try (Snapshot snapshot = snapshot("serials", moved("id", "3", false))) {
            assertEquals(List.of("3", "4"), read(snapshot, snapshot.ranges(100), NONE));
            assertEquals(Optional.of("5"), snapshot.cursor());
        }
    }

    @Test
    void namesWithOddLettersWork() {
        postgres.execute(
                "create schema if not exists \"Sales\"",
                "drop table if exists \"Sales\".\"Order \"\"Items\"\".x\"",
                "create table \"Sales\".\"Order \"\"Items\"\".x\" (\"Id é\" int primary key)",
                "insert into \"Sales\".\"Order \"\"Items\"\".x\" values (7)");
        String name = "Sales.Order \"Items\".x";
        assertTrue(postgres.open().datasets("Sales.*").contains(name));
        assertFalse(postgres.open().datasets("*").stream().anyMatch(n -> n.startsWith("mortise_")));
        try (Snapshot snapshot = snapshot(name)) {
            assertEquals(List.of("7"), read(snapshot, snapshot.ranges(100), NONE));
        }
    }

    /// More names than one question takes, among them one that could be two tables.
    @Test
    void describesEachOfManyTablesByItsOwn() {
        postgres.execute(
                "drop schema if exists a cascade",
                "drop table if exists many_b, many_a, \"a.many\" cascade",
                "create schema a",
                "create table many_a (id int primary key, x text, unique (x, id))",
                "create table many_b (x bigint not null unique, id int references many_a)",
                "create table a.many (far int)",
                "create table \"a.many\" (near int)");
        PostgresConnector connector = postgres.open();
        List<String> names = new ArrayList<>();
        List<Dataset> expected = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            for (String name : List.of("many_b", "many_a", "a.many")) {
                names.add(name);
                expected.add(i == 0 ? connector.describe(name) : expected.get(expected.size() - 3));
            }
        }
        List<Dataset> described = connector.describe(names);
        assertEquals(expected, described);
        assertEquals(List.of("x", "id"), described.get(0).schema().names());
        assertEquals(List.of("x"), described.get(0).key());
        assertEquals(List.of("many_a"), described.get(0).references());
        assertEquals(List.of("id"), described.get(1).key());
        assertEquals(List.of(), described.get(1).references());
        assertEquals(List.of("near"), described.get(2).schema().names());
    }
}
