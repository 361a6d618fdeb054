package dev.mortise.connectors.mysql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Incremental;
import dev.mortise.spi.connect.Lane;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.RejectedRow;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.connect.Sink;
import dev.mortise.spi.connect.Snapshot;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.connect.Target;
import dev.mortise.spi.connect.WriteMode;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import dev.mortise.testkit.contract.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What this server tempts a connector to lose without a word.
@Tag("live")
final class MySqlGuaranteesTest {
    private static final Range PART = new Range(0, "");
    private static final Schema IDS = Schema.of(Field.required("id", Scalar.INT64));

    private static MySqlFixture server(String name) {
        return name.equals("mysql")
                ? MySqlFixture.mySql(MySqlGuaranteesTest.class)
                : MySqlFixture.mariaDb(MySqlGuaranteesTest.class);
    }

    private static Scan since(String by, Optional<String> after, boolean open) {
        Incremental moved = new Incremental(by, after, Duration.ZERO, open);
        return new Scan(List.of(), Optional.empty(), Optional.of(moved));
    }

    private static List<Batch> read(Snapshot snapshot, long rowsMax, List<RejectedRow> rejected) {
        List<Batch> batches = new ArrayList<>();
        for (Range range : snapshot.ranges(rowsMax)) {
            try (Source source = snapshot.source(range, rejected::add)) {
                for (Batch next = source.next(); next != null; next = source.next()) {
                    batches.add(next);
                }
            }
        }
        return batches;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mariadb", "mysql"})
    void severalSessionsSeeOneMomentAndRangesMeet(String name) {
        MySqlFixture fixture = server(name);
        fixture.execute(
                "drop table if exists many",
                "create table many (a varchar(20), b int, v int, primary key (a, b))"
                        + " default charset=utf8mb4",
                "insert into many select concat(if(n % 2, 'Key', 'kez'), n div 7), n, n from"
                        + " (select a.n + 10 * b.n + 100 * c.n + 1000 * d.n"
                        + " + 10000 * e.n as n from "
                        + digits("a")
                        + ", "
                        + digits("b")
                        + ", "
                        + digits("c")
                        + ", "
                        + digits("d")
                        + ", (select 0 n union select 1 union select 2) e) all_n",
                "analyze table many");
        try (MySqlConnector connector = fixture.open();
                Snapshot snapshot = connector.snapshot(connector.describe("many"), Scan.ALL)) {
            assertTrue(snapshot.ranges(4_000).size() >= 6, "several ranges");
            fixture.execute("update many set v = -1", "delete from many where b < 100");
            List<Batch> rows = read(snapshot, 4_000, new ArrayList<>());
            assertEquals(30_000, Rows.count(rows));
            assertTrue(Rows.texts(rows).stream().allMatch(r -> r.get(1).equals(r.get(2))));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mariadb", "mysql"})
    void closingMidwayKeepsTheMoment(String name) {
        MySqlFixture fixture = server(name);
        fixture.execute(
                "drop table if exists midway",
                "create table midway (v int, filler varchar(200))",
                "insert into midway select a.n, repeat('x', 200) from "
                        + String.join(", ", digits("a"), digits("b"), digits("c"), digits("d"))
                        + ", (select 0 n union select 1 union select 2) e");
        try (MySqlConnector connector = fixture.open();
                Snapshot snapshot = connector.snapshot(connector.describe("midway"), Scan.ALL)) {
            Range range = snapshot.ranges(1_000_000).getFirst();
            for (int i = 0; i < 3; i++) {
                touch(snapshot, range);
                fixture.execute("delete from midway where v = " + i);
            }
            assertEquals(30_000, Rows.count(read(snapshot, 1_000_000, new ArrayList<>())));
        }
    }

    private static void touch(Snapshot snapshot, Range range) {
        try (Source source = snapshot.source(range, _ -> {})) {
            assertTrue(source.next() != null);
        }
    }

    private static String digits(String alias) {
        return "(select 0 n union select 1 union select 2 union select 3 union select 4 union"
                + " select 5 union select 6 union select 7 union select 8 union select 9) "
                + alias;
    }

    @ParameterizedTest
    @ValueSource(strings = {"mariadb", "mysql"})
    void cursorStaysBelowOpenTransactions(String name) throws SQLException {
        MySqlFixture fixture = server(name);
        fixture.execute(
                "drop table if exists moving",
                "create table moving (id int primary key, at timestamp(6) not null)",
                "insert into moving values (1, '2024-01-01 00:00:00')");
        try (Connection writer = fixture.connect();
                MySqlConnector connector = fixture.open()) {
            writer.setAutoCommit(false);
            execute(writer, "insert into moving values (2, now(6))");
            String late = fixture.text("select utc_timestamp(6)");
            fixture.execute("insert into moving values (3, now(6))");
            try (Snapshot snapshot =
                    connector.snapshot(
                            connector.describe("moving"), since("at", Optional.empty(), true))) {
                assertEquals(2, Rows.count(read(snapshot, 10, new ArrayList<>())));
                String cursor = snapshot.cursor().orElseThrow();
                assertTrue(cursor.compareTo(String.valueOf(late)) < 0, cursor);
            }
            try (Snapshot snapshot =
                    connector.snapshot(
                            connector.describe("moving"), since("id", Optional.empty(), false))) {
                assertEquals(0, Rows.count(read(snapshot, 10, new ArrayList<>())));
                assertEquals(Optional.empty(), snapshot.cursor());
            }
            writer.rollback();
        }
    }

    @Test
    void cursorWithoutASightOfTransactionsNeedsALookback() {
        MySqlFixture fixture = MySqlFixture.mariaDb(MySqlGuaranteesTest.class);
        fixture.execute(
                "drop table if exists hidden",
                "create table hidden (id int primary key)",
                "insert into hidden values (1)",
                "drop user if exists 'reader'@'%'",
                "create user 'reader'@'%' identified by 'reader-pass'",
                "grant select on " + Sql.name(fixture.database()) + ".* to 'reader'@'%'");
        var settings = fixture.settings(Map.of("user", "reader", "password", "reader-pass"));
        try (MySqlConnector connector = new MySqlConnector(settings)) {
            var hidden = connector.describe("hidden");
            Scan scan = since("id", Optional.empty(), true);
            var thrown =
                    assertThrows(
                            ProblemException.class, () -> connector.snapshot(hidden, scan).close());
            assertEquals(ProblemCode.PRIVILEGE_MISSING, thrown.problem().code());
            try (Snapshot snapshot = connector.snapshot(hidden, Scan.ALL)) {
                assertEquals(1, Rows.count(read(snapshot, 10, new ArrayList<>())));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mariadb", "mysql"})
    void setsAsideWhatIsNoValueOfOurs(String name) {
        MySqlFixture fixture = server(name);
        fixture.execute(
                "drop table if exists odd",
                "create table odd (id int primary key, d date null, flag tinyint(1), t time)",
                "set sql_mode = ''",
                "insert into odd values (1, '0000-00-00', 1, '10:00'), (2, '2024-01-01', 7, null),"
                        + " (3, '2024-02-29', 0, '-01:00'), (4, null, null, '100:00'),"
                        + " (5, '2024-02-30' + interval 0 day, 1, '23:59:59')");
        List<RejectedRow> rejected = new ArrayList<>();
        try (MySqlConnector connector = fixture.open();
                Snapshot snapshot = connector.snapshot(connector.describe("odd"), Scan.ALL)) {
            List<Batch> rows = read(snapshot, 10, rejected);
            assertEquals(List.of("5"), Rows.texts(rows).stream().map(r -> r.getFirst()).toList());
        }
        assertEquals(
                List.of("d", "flag", "t", "t"),
                rejected.stream().map(RejectedRow::column).toList());
        assertTrue(rejected.getFirst().row().contains("0000-00-00"), rejected::toString);
        assertTrue(rejected.get(3).row().contains("100:00:00"), rejected::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "never"})
    void nothingIsBentOnTheWayIn(String loadData) {
        MySqlFixture fixture = MySqlFixture.mariaDb(MySqlGuaranteesTest.class);
        fixture.execute(
                "drop table if exists strict",
                "create table strict (id bigint primary key, seconds datetime, word char(4),"
                        + " choice enum('x','2'), fixed binary(2), small varchar(2),"
                        + " amount decimal(4,1))");
        Schema schema =
                Schema.of(
                        Field.of("id", Scalar.INT64),
                        Field.of("seconds", Scalar.TIMESTAMP),
                        Field.of("word", Scalar.TEXT),
                        Field.of("choice", Scalar.TEXT),
                        Field.of("fixed", Scalar.BYTES),
                        Field.of("small", Scalar.TEXT),
                        Field.of("amount", new dev.mortise.spi.type.Decimal(4, 1)));
        String noon = "2024-02-29 12:00:00";
        Batch batch =
                Rows.batch(
                        schema,
                        Rows.row("1", noon, "word", "x", "00ff", "ab", "999.9"),
                        Rows.row("2", noon + ".5", "word", "x", "00ff", "ab", "1.0"),
                        Rows.row("3", noon, "ab ", "x", "00ff", "ab", "1.0"),
                        Rows.row("4", noon, "word", "1", "00ff", "ab", "1.0"),
                        Rows.row("5", noon, "word", "x", "00", "ab", "1.0"),
                        Rows.row("6", noon, "word", "x", "00ff", "ab ", "1.0"),
                        Rows.row("7", "0000-05-01 00:00:00", "word", "x", "00ff", "abc", "1.0"),
                        Rows.row(null, noon, "word", "x", "00ff", "ab", "1.0"),
                        Rows.row("8", noon, null, "2", null, "", null));
        Target target = new Target("strict", "strict", schema, WriteMode.APPEND, List.of(), false);
        List<RejectedRow> rejected = new ArrayList<>();
        var settings = fixture.settings(Map.of("load_data", loadData));
        try (MySqlConnector connector = new MySqlConnector(settings);
                Sink sink = connector.sink(target)) {
            assertEquals(loadData.equals("never") ? 1 : 0, sink.plan().statements().size());
            sink.claim();
            sink.begin(List.of(PART));
            try (Lane lane = sink.lane()) {
                assertEquals(2, lane.write(batch, rejected::add), rejected::toString);
                lane.commit(PART, null, 7);
            }
            sink.finish(null);
        }
        assertEquals(7, rejected.size(), rejected::toString);
        assertEquals("1,8", fixture.text("select group_concat(id order by id) from strict"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mariadb", "mysql"})
    void upsertFindsTheRowByTheKeyAndNoOtherIndex(String name) {
        MySqlFixture fixture = server(name);
        fixture.execute(
                "drop table if exists coded",
                "create table coded (id bigint primary key, code varchar(5) unique)",
                "insert into coded values (1, 'a'), (2, 'b')");
        Schema schema = Schema.of(Field.of("id", Scalar.INT64), Field.of("code", Scalar.TEXT));
        Batch batch = Rows.batch(schema, Rows.row("2", "bb"), Rows.row("3", "a"));
        Target target =
                new Target("coded", "coded", schema, WriteMode.UPSERT, List.of("id"), false);
        List<RejectedRow> rejected = new ArrayList<>();
        try (MySqlConnector connector = fixture.open();
                Sink sink = connector.sink(target)) {
            sink.plan();
            sink.claim();
            sink.begin(List.of(PART));
            try (Lane lane = sink.lane()) {
                assertEquals(1, lane.write(batch, rejected::add));
                lane.commit(PART, null, 1);
            }
            sink.finish(null);
        }
        assertEquals(ProblemCode.KEY_TAKEN, rejected.getFirst().problem().code());
        assertEquals(
                "1a,2bb",
                fixture.text("select group_concat(concat(id, code) order by id) from coded"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mariadb", "mysql"})
    void replaceKeepsForeignKeysAndGoesOnAfterADeathInTheSwap(String name) {
        MySqlFixture fixture = server(name);
        fixture.execute(
                "drop table if exists child",
                "drop table if exists parent",
                "create table parent (id bigint primary key)",
                "insert into parent values (1), (2)",
                "create table child (id bigint primary key,"
                        + " foreign key (id) references parent(id))",
                "insert into child values (1)");
        Target target = new Target("child", "child", IDS, WriteMode.REPLACE, List.of(), false);
        List<RejectedRow> rejected = new ArrayList<>();
        try (MySqlConnector connector = fixture.open();
                Sink sink = connector.sink(target)) {
            sink.plan();
            sink.claim();
            sink.begin(List.of(PART));
            try (Lane lane = sink.lane()) {
                Batch batch = Rows.batch(IDS, Rows.row("2"), Rows.row("3"));
                assertEquals(1, lane.write(batch, rejected::add));
                lane.commit(PART, null, 1);
            }
            String shadow =
                    fixture.text(
                            "select table_name from information_schema.tables where table_schema"
                                    + " = database() and table_name like 'mortise\\_new\\_%'");
            String old = String.valueOf(shadow).replace("_new_", "_old_");
            fixture.execute("rename table child to " + old + ", " + shadow + " to child");
            sink.finish(null);
        }
        assertEquals("2", fixture.text("select group_concat(id) from child"));
        assertEquals(
                "parent",
                fixture.text(
                        "select referenced_table_name from information_schema.key_column_usage"
                                + " where table_schema = database() and table_name = 'child'"
                                + " and referenced_table_name is not null"));
        assertEquals(ProblemCode.CONSTRAINT_BROKEN, rejected.getFirst().problem().code());
        assertEquals("id", rejected.getFirst().column());
        Target parent = new Target("parent", "parent", IDS, WriteMode.REPLACE, List.of(), false);
        try (MySqlConnector connector = fixture.open();
                Sink sink = connector.sink(parent)) {
            assertEquals(ProblemCode.MODE_UNSUPPORTED, sink.plan().problems().getFirst().code());
        }
    }
}
