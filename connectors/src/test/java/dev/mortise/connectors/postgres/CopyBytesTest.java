package dev.mortise.connectors.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Lane;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.RejectedRow;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.connect.Sink;
import dev.mortise.spi.connect.Snapshot;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.connect.Target;
import dev.mortise.spi.connect.WriteMode;
import dev.mortise.spi.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What passing rows on as they are must get right beyond the contract.
@Tag("live")
final class CopyBytesTest {
    private static final Range PART = new Range(0, "all");

    private final PostgresFixture postgres = PostgresFixture.of(CopyBytesTest.class);

    private void tables(String columns, String other) {
        postgres.execute(
                "drop table if exists passing, passed",
                "create table passing (" + columns + ")",
                "create table passed (" + other + ")");
    }

    private Snapshot.Encoding snapshot(PostgresConnector connector) {
        return (Snapshot.Encoding) connector.snapshot(connector.describe("passing"), Scan.ALL);
    }

    private List<RejectedRow> pass(WriteMode mode, String... key) {
        List<RejectedRow> rejected = new ArrayList<>();
        try (PostgresConnector connector = postgres.open();
                Snapshot.Encoding snapshot = snapshot(connector);
                Sink.Encoding sink = sink(connector, snapshot, mode, key)) {
            assertEquals(snapshot.form(), sink.form());
            sink.claim();
            sink.begin(List.of(PART));
            try (Lane lane = sink.lane();
                    Source source = snapshot.encoded(snapshot.ranges(1_000_000).getFirst())) {
                for (Batch batch = source.next(); batch != null; batch = source.next()) {
                    lane.write(batch, rejected::add);
                }
                lane.commit(PART, null, rejected.size());
            }
            sink.finish(null);
        }
        return rejected;
    }

    private static Sink.Encoding sink(
            PostgresConnector connector,
            Snapshot.Encoding snapshot,
            WriteMode mode,
            String... key) {
        return (Sink.Encoding)
                connector.sink(
                        new Target(
                                "test/passed",
                                "passed",
                                snapshot.schema(),
                                mode,
                                List.of(key),
                                false));
    }

    private String passed() {
        return String.valueOf(
                postgres.text("select string_agg(p::text, ' ' order by p::text) from passed p"));
    }

    @Test
    void valuesThatNoColumnOfOursHoldsPassUnchanged() {
        String columns = "id int primary key, d date, n numeric, at timestamp";
        tables(columns, columns);
        postgres.execute(
                "insert into passing values (1, 'infinity', 'NaN', '-infinity'),"
                        + " (2, '4713-01-01 BC', 1e100, 'infinity')");
        assertEquals(List.of(), pass(WriteMode.APPEND));
        assertEquals(
                postgres.text("select string_agg(p::text, ' ' order by p::text) from passing p"),
                passed());
    }

    @Test
    void aRowTheTargetRefusesIsRejectedAloneAndReadably() {
        tables(
                "id int primary key, v varchar(40), d date",
                "id int primary key, v varchar(5), d date");
        postgres.execute(
                "insert into passing select i, 'v' || i, '2024-01-01'"
                        + " from generate_series(1, 999) i",
                "insert into passing values (1000, 'far too long', 'infinity')");
        List<RejectedRow> rejected = pass(WriteMode.APPEND);
        assertEquals(1, rejected.size());
        String row = rejected.getFirst().row();
        assertTrue(row.contains("far too long") && row.contains("infinity"), row);
        assertEquals("999", postgres.text("select count(*)::text from passed"));
    }

    @Test
    void rowsOfAKnownKeyReplaceTheOnesThere() {
        tables("id int primary key, v text", "id int primary key, v text");
        postgres.execute(
                "insert into passed values (1, 'old'), (3, 'kept')",
                "insert into passing values (1, 'new'), (2, 'more')");
        assertEquals(List.of(), pass(WriteMode.UPSERT, "id"));
        assertEquals("(1,new) (2,more) (3,kept)", passed());
    }

    @Test
    void typesWithOtherBytesOrDigitsHaveAnotherForm() {
        assertNotEquals(Optional.empty(), form("a numeric(12,2), t timestamp(3), c char(4)"));
        assertEquals(form("a varchar(3), t timestamptz"), form("a text, t timestamptz"));
        for (String other : List.of("numeric(14,2)", "numeric", "numeric(12,4)", "float8")) {
            assertNotEquals(form("a numeric(12,2)"), form("a " + other), other);
        }
        assertNotEquals(form("a timestamp"), form("a timestamp(3)"));
        assertNotEquals(form("a timestamp"), form("a timestamptz"));
        assertNotEquals(form("a json"), form("a jsonb"));
        assertEquals(Optional.empty(), form("a interval"));
        assertEquals(Optional.empty(), form("a int[]"));
    }

    private Optional<String> form(String columns) {
        tables(columns, columns);
        try (PostgresConnector connector = postgres.open();
                Snapshot.Encoding snapshot = snapshot(connector)) {
            return snapshot.form();
        }
    }

    @Test
    void aTableMadeHereTakesTheRowsAsTheyAre() {
        tables(
                "a int8, b numeric(12,2), c timestamp, d timestamptz, e jsonb, f time, g uuid",
                "x int");
        postgres.execute("drop table passed");
        try (PostgresConnector connector = postgres.open();
                Snapshot.Encoding snapshot = snapshot(connector);
                Sink.Encoding sink =
                        (Sink.Encoding)
                                connector.sink(
                                        new Target(
                                                "test/made",
                                                "passed",
                                                snapshot.schema(),
                                                WriteMode.REPLACE,
                                                List.of(),
                                                true))) {
            assertEquals(snapshot.form(), sink.form());
        }
    }

    @Test
    void takingApartWhatDoesNotFitNamesTheColumn() {
        tables("id int primary key, d date", "id int");
        postgres.execute("insert into passing values (1, 'infinity')");
        try (PostgresConnector connector = postgres.open();
                Snapshot.Encoding snapshot = snapshot(connector);
                Source source = snapshot.encoded(snapshot.ranges(10).getFirst())) {
            Batch batch = Objects.requireNonNull(source.next());
            var thrown = assertThrows(ProblemException.class, () -> batch.column(1));
            String message = thrown.problem().message();
            assertTrue(message.contains("'d'"), message);
        }
    }
}
