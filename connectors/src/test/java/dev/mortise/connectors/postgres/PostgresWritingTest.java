package dev.mortise.connectors.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Claim.PartState;
import dev.mortise.spi.connect.Lane;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.RejectedRow;
import dev.mortise.spi.connect.Sink;
import dev.mortise.spi.connect.Target;
import dev.mortise.spi.connect.WriteMode;
import dev.mortise.spi.problem.Fault;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import dev.mortise.testkit.contract.Rows;
import dev.mortise.testkit.live.LocalPostgres;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What writing PostgreSQL must get right beyond the contracts.
@Tag("live")
final class PostgresWritingTest {
    private static final Schema PAIR =
            Schema.of(Field.of("id", Scalar.INT32), Field.of("v", Scalar.TEXT));
    private static final Range PART = new Range(0, "all");
    private static final Target CRASHED =
            new Target("crashed", "crashed", PAIR, WriteMode.REPLACE, List.of("id"), true);

    private final PostgresFixture postgres = PostgresFixture.of(PostgresWritingTest.class);

    @AfterEach
    void endSessions() {
        postgres.closeOpened();
    }

    private Target target(String table, WriteMode mode, String... key) {
        return new Target("test/" + table, table, PAIR, mode, List.of(key), false);
    }

    private List<RejectedRow> write(Target target, Batch batch) {
        List<RejectedRow> rejected = new ArrayList<>();
        try (Sink sink = postgres.open().sink(target)) {
            assertEquals(List.of(), sink.plan().problems());
            sink.claim();
            sink.begin(List.of(PART));
            try (Lane lane = sink.lane()) {
                lane.write(batch, rejected::add);
                lane.commit(PART, null, rejected.size());
            }
            sink.finish(null);
        }
        return rejected;
    }

    private static Batch pairs(String... texts) {
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < texts.length; i += 2) {
            rows.add(List.of(texts[i], texts[i + 1]));
        }
        return Rows.batch(PAIR, List.copyOf(rows));
    }

    private String all(String table) {
        return String.valueOf(
                postgres.text(
                        "select string_agg(concat(id, v), ' ' order by id) from "
                                + Sql.name(table)));
    }

    @Test
    void replaceKeepsWhatHangsOnTheTable() {
        postgres.execute(
                "drop table if exists kept cascade",
                "drop role if exists looker",
                "create role looker",
                "create table kept (id serial primary key, v text default 'd' check (v <> 'bad'))"
                        + " with (fillfactor = 70)",
                "create index kept_v on kept (v)",
                "create unique index kept_lower on kept (lower(v))",
                "comment on table kept is 'it''s kept'",
                "grant select on kept to looker",
                "insert into kept (v) values ('old')");
        List<RejectedRow> rejected =
                write(target("kept", WriteMode.REPLACE), pairs("5", "a", "6", "bad", "7", "b"));
        assertEquals(1, rejected.size());
        assertEquals("v", rejected.getFirst().column());
        assertEquals("5a 7b", all("kept"));
        assertEquals("it's kept", postgres.text("select obj_description('kept'::regclass)"));
        assertEquals("t", postgres.text("select has_table_privilege('looker', 'kept', 'select')"));
        assertEquals(
                "kept_lower kept_pkey kept_v",
                postgres.text(
                        "select string_agg(indexname, ' ' order by indexname) from pg_indexes"
                                + " where tablename = 'kept'"));
        assertEquals(
                "{fillfactor=70}",
                postgres.text("select reloptions from pg_class where relname = 'kept'"));
        postgres.execute("insert into kept (v) values ('next')");
        assertEquals("2next 5a 7b", all("kept"));
    }

    @Test
    void replaceRefillsATableThatViewsHangOn() {
        postgres.execute(
                "drop table if exists viewed cascade",
                "create table viewed (id int generated always as identity primary key, v text)",
                "insert into viewed (v) values ('old')",
                "create view viewing as select v from viewed");
        write(target("viewed", WriteMode.REPLACE), pairs("5", "a"));
        assertEquals("5a", all("viewed"));
        assertEquals("a", postgres.text("select v from viewing"));
    }

    @Test
    void replaceMergesATableThatOthersReferTo() {
        postgres.execute(
                "drop table if exists parents, children cascade",
                "create table parents (id int primary key, v text)",
                "create table children (p int references parents)",
                "insert into parents values (1, 'old'), (2, 'gone')",
                "insert into children values (1)");
        write(target("parents", WriteMode.REPLACE), pairs("1", "new", "3", "more"));
        assertEquals("1new 3more", all("parents"));
    }

    @Test
    void castsToTypesWithoutBinaryFormOfOurs() {
        postgres.execute(
                "drop table if exists casted",
                "drop type if exists mood",
                "create type mood as enum ('sad', 'happy')",
                "create table casted (id int primary key, v interval, m mood)");
        List<RejectedRow> rejected =
                write(
                        target("casted", WriteMode.UPSERT, "id"),
                        pairs("1", "2 days", "2", "no interval", "1", "3 days"));
        assertEquals(1, rejected.size());
        assertEquals(ProblemCode.CAST_FAILED, rejected.getFirst().problem().code());
        assertEquals("13 days", all("casted"));
    }

    private void unindexed(String table) {
        postgres.execute(
                "drop table if exists " + table,
                "create table " + table + " (id int, v text, kept text default 'k')",
                "insert into " + table + " values (1, 'old'), (2, 'x'), (2, 'y'), (9, 'z')",
                "insert into " + table + " values (null, 'n')");
    }

    private static Batch pairsAndANullKey() {
        return Rows.batch(
                PAIR,
                List.of(
                        Rows.row("1", "first"),
                        Rows.row(null, "none"),
                        Rows.row("2", "b"),
                        Rows.row("1", "last"),
                        Rows.row("3", "c")));
    }

    /// Rows that share a key in the table are all updated, what has no key is left alone, and of
    /// two that arrive with one key the last counts. A null in the key is a reason to reject.
    @Test
    void upsertsIntoATableWithoutAUniqueIndex() {
        unindexed("loose");
        postgres.execute("update loose set kept = 'mine'");
        List<RejectedRow> rejected =
                write(target("loose", WriteMode.UPSERT, "id"), pairsAndANullKey());
        assertEquals("1last 2b 2b 3c 9z n", all("loose"));
        assertEquals(List.of("id"), rejected.stream().map(RejectedRow::column).toList());
        assertEquals(
                "5",
                postgres.text("select count(*) from loose where kept = 'mine'"),
                "columns that do not arrive stay");
    }

    /// As with an index, each row that arrived is there once afterwards, and no other.
    @Test
    void mirrorsIntoATableWithoutAUniqueIndex() {
        unindexed("mirrored");
        List<RejectedRow> rejected =
                write(target("mirrored", WriteMode.MIRROR, "id"), pairsAndANullKey());
        assertEquals("1last 2b 3c", all("mirrored"));
        assertEquals(1, rejected.size());
    }

    @Test
    void goesOnWithAnUpsertThatWasInterruptedBeforeItsMerge() {
        unindexed("halfway");
        Target target = target("halfway", WriteMode.UPSERT, "id");
        Range other = new Range(1, "rest");
        try (Sink sink = postgres.open().sink(target)) {
            sink.claim();
            sink.begin(List.of(PART, other));
            try (Lane lane = sink.lane()) {
                lane.write(pairs("1", "a", "5", "e"), _ -> {});
                lane.commit(PART, null, 0);
                lane.write(pairs("6", "never committed"), _ -> {});
            }
        }
        assertEquals("1old 2x 2y 9z n", all("halfway"), "nothing is seen before the merge");
        try (Sink sink = postgres.open().sink(target)) {
            sink.claim();
            try (Lane lane = sink.lane()) {
                lane.write(pairs("5", "later"), _ -> {});
                lane.commit(other, null, 0);
            }
            sink.finish(null);
        }
        assertEquals("1a 2x 2y 5later 9z n", all("halfway"));
    }

    /// Two lanes that bring the same key at the same moment must not both add it.
    @Test
    void twoLanesAddAKeyOnce() {
        unindexed("raced");
        Target target = target("raced", WriteMode.UPSERT, "id");
        Range other = new Range(1, "rest");
        try (Sink sink = postgres.open().sink(target)) {
            sink.claim();
            sink.begin(List.of(PART, other));
            try (Lane one = sink.lane();
                    Lane two = sink.lane()) {
                one.write(pairs("7", "one"), _ -> {});
                Thread waiting =
                        Thread.ofPlatform().start(() -> two.write(pairs("7", "two"), _ -> {}));
                one.commit(PART, null, 0);
                waiting.join();
                two.commit(other, null, 0);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            sink.finish(null);
        }
        assertEquals("1old 2x 2y 7two 9z n", all("raced"));
    }

    @Test
    void saysThatAnUpsertWithoutAUniqueIndexTakesLonger() {
        unindexed("slow");
        try (Sink sink = postgres.open().sink(target("slow", WriteMode.UPSERT, "id"))) {
            assertEquals(List.of(), sink.plan().problems());
            String note = String.join("", sink.plan().notes());
            assertTrue(note.endsWith("create unique index on \"public\".\"slow\" (\"id\")"), note);
        }
        postgres.execute(
                "delete from slow where id is null or v = 'y'", "create unique index on slow (id)");
        try (Sink sink = postgres.open().sink(target("slow", WriteMode.UPSERT, "id"))) {
            assertEquals(List.of(), sink.plan().notes());
        }
    }

    @Test
    void refusesAKeyWhoseValuesHaveNoOrder() {
        postgres.execute(
                "drop table if exists unsorted", "create table unsorted (id json, v text)");
        Schema schema = Schema.of(Field.of("id", Scalar.JSON), Field.of("v", Scalar.TEXT));
        Target target = new Target("u", "unsorted", schema, WriteMode.UPSERT, List.of("id"), false);
        try (Sink sink = postgres.open().sink(target)) {
            assertEquals(
                    List.of(ProblemCode.KEY_REQUIRED),
                    sink.plan().problems().stream().map(Problem::code).toList());
        }
    }

    @Test
    void aPlanNamesAllThatStandsInTheWay() {
        postgres.execute(
                "drop table if exists strict",
                "create table strict (id int, needed int not null,"
                        + " v text generated always as (id::text) stored)");
        Schema schema =
                Schema.of(
                        Field.of("id", Scalar.INT32),
                        Field.of("v", Scalar.TEXT),
                        Field.of("ident", Scalar.INT32));
        Target target = new Target("t", "strict", schema, WriteMode.UPSERT, List.of("id"), false);
        try (Sink sink = postgres.open().sink(target)) {
            assertEquals(
                    List.of(
                            ProblemCode.COLUMN_MISSING,
                            ProblemCode.COLUMN_REQUIRED,
                            ProblemCode.TYPE_UNSUPPORTED),
                    sink.plan().problems().stream().map(Problem::code).toList());
        }
    }

    @Test
    void aNewTableHasTheKeyAndComments() {
        postgres.execute("drop schema if exists fresh cascade");
        Schema schema =
                Schema.of(
                        new Field(
                                "id",
                                Scalar.INT32,
                                true,
                                null,
                                "the number",
                                dev.mortise.spi.type.Loss.NONE),
                        Field.of("v", Scalar.TEXT));
        Target target =
                new Target("n", "fresh.made", schema, WriteMode.REPLACE, List.of("id"), true);
        write(target, pairs("1", "a", "2", "b"));
        assertEquals(
                "made_pkey",
                postgres.text("select indexname from pg_indexes where schemaname = 'fresh'"));
        assertEquals(
                "the number", postgres.text("select col_description('fresh.made'::regclass, 1)"));
        write(target, pairs("3", "c"));
        assertEquals("3c", postgres.text("select string_agg(id || v, ' ') from fresh.made"));
        assertTrue(postgres.open().describe("fresh.made").key().contains("id"));
    }

    private static void writePart(Sink sink) {
        try (Lane lane = sink.lane()) {
            assertEquals(2, lane.write(pairs("1", "a", "2", "b"), row -> {}));
            lane.commit(PART, null, 0);
        }
    }

    /// Without its session a run cannot know whether the server still has what it committed.
    @Test
    void aRunThatLostItsSessionFinishesNothing() {
        PostgresFixture own = PostgresFixture.fresh();
        try (PostgresConnector connector = own.open()) {
            try (Sink lost = connector.sink(CRASHED)) {
                lost.claim();
                lost.begin(List.of(PART));
                writePart(lost);
                own.execute(
                        "select pg_terminate_backend(pid) from pg_stat_activity where datname ="
                                + " current_database() and application_name = 'mortise write'");
                var thrown = assertThrows(ProblemException.class, () -> lost.finish(null));
                assertEquals(Fault.TRANSIENT, thrown.problem().fault(), thrown::getMessage);
                assertEquals("f", own.text("select to_regclass('crashed') is not null"));
            }
            try (Sink next = connector.sink(CRASHED)) {
                assertEquals(List.of(new PartState(PART, true, 2, 0)), next.claim().parts());
                next.finish(null);
            }
        }
        assertEquals("2", own.text("select count(*) from crashed"));
    }

    /// No commit before the last waits for the disk, so a crash may take the latest of them.
    /// Whatever is left, the next run goes on from it; a run that had finished is all there.
    @Test
    void whatACrashOfTheServerTookIsDoneAgain() throws SQLException {
        try (LocalPostgres server = LocalPostgres.start()) {
            for (int steps = 1; steps <= 4; steps++) {
                assertEquals("1a 2b", afterCrashAnd(steps, server));
            }
        }
    }

    private static String afterCrashAnd(int steps, LocalPostgres server) throws SQLException {
        PostgresFixture own = PostgresFixture.on(server);
        try (PostgresConnector connector = own.open()) {
            crashAfter(steps, connector, server);
            if (steps < 4) {
                goOn(connector);
            }
        }
        return String.valueOf(own.text("select string_agg(id || v, ' ' order by id) from crashed"));
    }

    private static void crashAfter(int steps, PostgresConnector connector, LocalPostgres server) {
        try (Sink sink = connector.sink(CRASHED)) {
            sink.claim();
            if (steps > 1) {
                sink.begin(List.of(PART));
            }
            if (steps > 2) {
                writePart(sink);
            }
            if (steps > 3) {
                sink.finish(null);
            }
            server.kill9();
            server.restart();
            var thrown = assertThrows(ProblemException.class, () -> sink.finish(null));
            assertEquals(Fault.TRANSIENT, thrown.problem().fault(), thrown::getMessage);
        }
    }

    private static void goOn(PostgresConnector connector) {
        try (Sink sink = connector.sink(CRASHED)) {
            List<PartState> parts = sink.claim().parts();
            if (parts.isEmpty()) {
                sink.begin(List.of(PART));
            }
            if (parts.stream().noneMatch(PartState::done)) {
                writePart(sink);
            }
            sink.finish(null);
        }
    }
}
