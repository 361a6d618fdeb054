package dev.mortise.engine.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mortise.connectors.memory.MemoryStore;
import dev.mortise.engine.flow.Flow.VerifyMode;
import dev.mortise.engine.run.Receipt;
import dev.mortise.engine.run.TestProject;
import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import dev.mortise.spi.type.Type;
import dev.mortise.testkit.contract.Rows;
import dev.mortise.testkit.live.LocalMariaDb;
import dev.mortise.testkit.live.LocalPostgres;
import dev.mortise.testkit.live.LocalServer;
import dev.mortise.testkit.live.LocalServers;
import dev.mortise.testkit.live.OrdersTable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Differences that careless comparisons do not see, planted into targets on real servers; and
/// equal tables, in which nothing may be found.
@Tag("live")
class PlantedDifferencesTest {
    private static final Schema SCHEMA =
            Schema.of(
                    Field.required("id", Scalar.INT64),
                    Field.of("note", Scalar.TEXT),
                    Field.of("other", Scalar.TEXT),
                    Field.of("amount", Type.parse("decimal(20,10)")),
                    Field.of("price", Scalar.FLOAT64),
                    Field.of("made", Scalar.TIMESTAMP),
                    Field.of("seen", Scalar.TIMESTAMPTZ),
                    Field.of("flag", Scalar.BOOL),
                    Field.of("body", Scalar.BYTES),
                    Field.of("day", Scalar.DATE));

    private static final Schema TWINS =
            Schema.of(Field.of("a", Scalar.TEXT), Field.of("b", Scalar.INT32));

    private static final int ROWS = 500;

    /// @param id of the row it is planted into
    /// @param change in SQL;
    /// @param found kind and columns of each difference by key
    private record Plant(int id, String change, Map<Integer, String> found) {
        Plant(int id, String change, String columns) {
            this(id, change, Map.of(id, "DIFFERENT " + columns));
        }
    }

    private static final List<Plant> PLANTS =
            List.of(
                    new Plant(1, "note = ''", "[note]"),
                    new Plant(2, "note = 'a '", "[note]"),
                    new Plant(3, "made = '2024-02-29 12:00:00.000001'", "[made]"),
                    new Plant(4, "amount = amount + 0.0000000001", "[amount]"),
                    new Plant(5, "price = -price", "[price]"),
                    new Plant(6, "note = 'ABC'", "[note]"),
                    new Plant(7, "note = '<null>'", "[note]"),
                    new Plant(8, "note = 'a', other = 'b|c'", "[note, other]"),
                    new Plant(13, "flag = not flag", "[flag]"),
                    new Plant(14, "note = 'e\u0301'", "[note]"),
                    new Plant(15, "seen = seen + interval '1' hour", "[seen]"),
                    new Plant(17, "price = 0.3", "[price]"),
                    new Plant(12, "id = 9012", Map.of(12, "MISSING []", 9012, "EXTRA []")));

    private final MemoryStore seeds;
    private final TestProject project;
    private final LocalPostgres postgres = LocalServers.postgres();
    private final LocalMariaDb mariaDb = LocalServers.mariaDb();

    PlantedDifferencesTest(@TempDir Path folder) throws IOException {
        String test = folder.getFileName().toString();
        seeds = MemoryStore.named(test);
        project = new TestProject(folder).memory("seeds", test);
    }

    /// A database of a server, and what the flows put before its table names.
    private record Place(LocalServer server, String database, String connection) {
        boolean mySql() {
            return server instanceof LocalMariaDb;
        }

        void execute(String... statements) throws SQLException {
            server.executeIn(database, statements);
        }
    }

    private Place place(String connection, LocalServer server) throws IOException, SQLException {
        String database = server.freshDatabase("verify");
        boolean mySql = server instanceof LocalMariaDb;
        project.connection(
                connection,
                """
                type: %s
                host: %s
                port: %d
                database: %s
                user: %s
                password: %s
                """
                        .formatted(
                                mySql ? "mysql" : "postgres",
                                server.host(),
                                server.port(),
                                database,
                                server.user(),
                                server.password()));
        return new Place(server, database, connection);
    }

    private static List<List<@Nullable String>> seedRows() {
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (int id = 1; id <= ROWS; id++) {
            rows.add(
                    Rows.row(
                            Integer.toString(id),
                            note(id),
                            id == 8 ? "c" : id % 3 == 0 ? null : "other " + id,
                            id % 5 == 0 ? null : id + ".1234567890",
                            id == 5 ? "0.0" : id == 17 ? "0.30000000000000004" : "" + id / 7.0,
                            "2024-02-29 12:00:00" + (id % 2 == 0 ? ".123456" : ""),
                            "2024-06-01 00:00:00Z",
                            id % 2 == 0 ? "true" : "false",
                            id % 4 == 0 ? "00ff80" : "c3a9",
                            "2024-02-29"));
        }
        return rows;
    }

    private static @Nullable String note(int id) {
        return switch (id) {
            case 1, 7 -> null;
            case 2 -> "a";
            case 6 -> "Abc";
            case 8 -> "a|b";
            case 14 -> "\u00e9";
            default -> id % 10 == 3 ? "" : "\u5907\u6ce8 " + id;
        };
    }

    private void flow(String name, String read, String write, String rest) throws IOException {
        project.flow(
                name,
                """
                steps:
                  rows: {read: %s}
                  out: {from: rows, write: %s, %s}
                """
                        .formatted(read, write, rest));
        assertEquals(List.of(), project.run(name).problems());
        assertEquals(Receipt.State.SUCCEEDED, project.run(name).state());
    }

    private StepVerdict verify(String flow) {
        return project.planned(
                flow,
                (connections, plan) ->
                        new Verification(connections, List.of())
                                .verify(plan.pipelines().getFirst(), VerifyMode.FULL));
    }

    private StepVerdict repair(String flow) {
        return project.planned(
                flow,
                (connections, plan) ->
                        new Verification(connections, List.of())
                                .repair(plan.pipelines().getFirst()));
    }

    private void plantInto(Place target) throws SQLException {
        List<String> statements = new ArrayList<>();
        if (target.mySql()) {
            statements.add("set time_zone = '+00:00'");
        }
        for (Plant plant : PLANTS) {
            statements.add("update planted set " + plant.change() + " where id = " + plant.id());
        }
        String bytes = target.mySql() ? "x'00ff81'" : "'\\x00ff81'::bytea";
        statements.add("update planted set body = " + bytes + " where id = 16");
        statements.add("delete from planted where id = 11");
        statements.add("insert into planted (id) values (9001)");
        target.execute(statements.toArray(String[]::new));
    }

    private static Map<Integer, String> planted() {
        Map<Integer, String> planted = new TreeMap<>();
        PLANTS.forEach(plant -> planted.putAll(plant.found()));
        planted.put(16, "DIFFERENT [body]");
        planted.put(11, "MISSING []");
        planted.put(9001, "EXTRA []");
        return planted;
    }

    private static Map<Integer, String> found(StepVerdict verdict) {
        Map<Integer, String> found = new TreeMap<>();
        for (Difference difference : verdict.differences()) {
            found.put(
                    Integer.valueOf(String.valueOf(difference.key().get("id"))),
                    difference.kind() + " " + difference.columns().keySet());
        }
        return found;
    }

    private void findsAndMends(LocalServer from, LocalServer to) throws Exception {
        place("src", from);
        Place target = place("dst", to);
        seeds.put(
                Dataset.of("planted", SCHEMA, List.of("id")),
                List.of(Rows.batch(SCHEMA, seedRows())));
        flow("seed", "seeds.planted", "src.planted", "mode: replace, key: [id]");
        flow("planted", "src.planted", "dst.planted", "mode: replace, key: [id]");
        assertEquals(Map.of(), found(verify("planted")));
        plantInto(target);
        StepVerdict verdict = verify("planted");
        assertEquals(planted(), found(verdict));
        assertEquals(ROWS, verdict.sourceRows());
        assertEquals(ROWS, verdict.targetRows());
        assertEquals(2, verdict.missing());
        assertEquals(2, verdict.extra());
        assertEquals(13, verdict.different());
        assertEquals(Map.of(), found(repair("planted")));
        assertEquals(ROWS, verify("planted").targetRows());
    }

    @Test
    void findsAndMendsEachBetweenPostgresAndMariaDb() throws Exception {
        findsAndMends(postgres, mariaDb);
    }

    @Test
    void findsAndMendsEachBetweenMariaDbAndPostgres() throws Exception {
        findsAndMends(mariaDb, postgres);
    }

    @Test
    void findsAndMendsEachBetweenPostgresAndPostgres() throws Exception {
        findsAndMends(postgres, postgres);
    }

    @Test
    void twoEqualRowsAreNotTwoOthers() throws Exception {
        for (LocalServer server : List.of(postgres, mariaDb)) {
            place("src", postgres);
            Place target = place("dst", server);
            List<List<@Nullable String>> rows = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                rows.add(Rows.row("row " + i / 2, "" + i / 2));
            }
            seeds.put(Dataset.of("twins", TWINS, List.of()), List.of(Rows.batch(TWINS, rows)));
            flow("seed-twins", "seeds.twins", "src.twins", "mode: replace");
            flow("twins", "src.twins", "dst.twins", "mode: replace");
            assertEquals(List.of(), verify("twins").differences());
            target.execute("update twins set b = 999 where a = 'row 7'");
            target.execute("insert into twins (a, b) values ('row 9', 9)");
            StepVerdict verdict = verify("twins");
            assertEquals(2, verdict.missing(), verdict.toString());
            assertEquals(3, verdict.extra(), verdict.toString());
            assertEquals(List.of(), repair("twins").differences());
            assertEquals(100, verify("twins").targetRows());
        }
    }

    @Test
    void findsNothingInEqualOrders() throws Exception {
        int rows = 100_000;
        Place erp = place("erp", postgres);
        Place crm = place("crm", mariaDb);
        OrdersTable.create(erp.server(), erp.database(), "orders", rows);
        OrdersTable.create(crm.server(), crm.database(), "bills", rows);
        flow("there", "erp.orders", "crm.orders", "mode: replace, key: [id]");
        flow("back", "crm.bills", "erp.bills", "mode: replace, key: [id]");
        for (String flow : List.of("there", "back")) {
            StepVerdict verdict = verify(flow);
            assertEquals(List.of(), verdict.differences(), flow);
            assertEquals(rows, verdict.sourceRows());
            assertEquals(rows, verdict.targetRows());
        }
    }
}
