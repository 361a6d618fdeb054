package dev.mortise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.cli.RunWatch.Subject;
import dev.mortise.testkit.live.LocalPostgres;
import dev.mortise.testkit.live.OrdersTable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The real command line, killed at random moments, must bring every row over once. System
/// properties make it longer: `mortise.kills` a way, `mortise.rows` of the table, and
/// `mortise.seed` to see a failure again. `bench/kills.jsonl` keeps what long runs gave.
@Tag("live")
@Tag("slow")
class KillTest {
    private static final int KILLS = Integer.getInteger("mortise.kills", 2);
    private static final long ROWS = Long.getLong("mortise.rows", 150_000);
    private static final long SEED = Long.getLong("mortise.seed", System.nanoTime());
    private static final long ROWS_OLD = 1_000;
    private static final long ROWS_LOOSE = 2_000;
    private static final int KILLS_A_ROUND = 8;

    /// As the command line chooses.
    private static final int LANES = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4);

    /// A part ends with a block of the server where there is no key, and reading ahead takes whole
    /// blocks where there is one: rows that a block of 8 KiB has at most here.
    private static final long ROWS_A_BLOCK = 80;

    /// A lane may have three parts under way, which have about 4,096 rows in small tables.
    private static final long ROWS_AGAIN_LEAST = 3L * (4_096 + ROWS_A_BLOCK) * LANES;

    /// Looking for the ends of a key reads two rows at each start.
    private static final long ROWS_LOOKED_AT = 20;

    private static final String COLUMNS =
            "id, customer_id, status, country, amount, qty, price, created_at, updated_at, active,"
                    + " note, attrs";

    private static LocalPostgres server;

    private static final Map<String, String> WANTED = new HashMap<>();

    private final Path folder;

    KillTest(@TempDir Path folder) {
        this.folder = folder;
    }

    /// How rows travel, from and to tables with and without a key.
    enum Way {
        APPEND_KEYED("orders", "append", true),
        APPEND_KEYLESS("heap", "append", false),
        UPSERT("orders", "upsert, key: [id]", true),
        UPSERT_KEYLESS("orders", "upsert, key: [id]", false),
        REPLACE_KEYED("orders", "replace", true),
        REPLACE_KEYLESS("heap", "replace", false),
        MIRROR("orders", "mirror, key: [id]", true),
        MIRROR_KEYLESS("orders", "mirror, key: [id]", false),
        COPY("orders", "replace", true);

        private final String source;
        private final String mode;
        private final boolean keyed;

        Way(String source, String mode, boolean keyed) {
            this.source = source;
            this.mode = mode;
            this.keyed = keyed;
        }

        private String table() {
            return this == COPY ? "ods_orders" : "orders";
        }

        private boolean upserts() {
            return mode.startsWith("upsert");
        }

        private boolean mirrors() {
            return mode.startsWith("mirror");
        }

        /// Whether readers see the old rows until they see all new ones.
        private boolean atOnce() {
            return mode.equals("replace") || mirrors() || this == UPSERT_KEYLESS;
        }

        /// A merge of row by row goes on for a while; a replaced table is renamed.
        private Duration finishing() {
            return mode.startsWith("replace") || !atOnce()
                    ? Duration.ZERO
                    : Duration.ofNanos(ROWS * 4_000);
        }
    }

    @BeforeAll
    static void seed() throws SQLException {
        server = LocalPostgres.start();
        server.createDatabase("src");
        OrdersTable.create(server, "src", ROWS);
        server.executeIn("src", "create table heap as select * from orders");
        for (var small : smallTables().entrySet()) {
            server.executeIn(
                    "src",
                    "create table %s (id int %s, v text)"
                            .formatted(
                                    small.getKey(),
                                    small.getKey().equals("loose") ? "" : "primary key"),
                    "insert into %1$s select i, 'v' || i from generate_series(1, %2$d) i"
                            .formatted(small.getKey(), small.getValue()));
        }
        server.executeIn("src", "vacuum (freeze, analyze)", "checkpoint");
        for (String table : List.of("orders", "heap")) {
            WANTED.put(table, Ask.content(server, "src", table, COLUMNS));
        }
    }

    /// What a copy brings beside the large table, each in one part: tables with a key, one of them
    /// empty, and one without.
    private static Map<String, Long> smallTables() {
        Map<String, Long> tables = new HashMap<>(Map.of("loose", ROWS_LOOSE));
        for (int i = 0; i < 8; i++) {
            tables.put("small" + i, i * 280L);
        }
        return tables;
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void bringsEveryRowOverOnce(Way way) throws Exception {
        Random random = new Random(SEED ^ way.name().hashCode());
        KillResults results = new KillResults(way.name(), way.mode, way.keyed, way.atOnce());
        try {
            for (int round = 0; results.kills() < KILLS; round++) {
                assertTrue(round < 20 + KILLS, "most runs ended before their kill");
                round(way, round, results, random);
            }
        } finally {
            results.record(SEED, ROWS);
        }
    }

    private void round(Way way, int round, KillResults results, Random random) throws Exception {
        String told = "%s, seed %d, round %d: ".formatted(way, SEED, round);
        String target = server.freshDatabase("dst");
        prepare(way, target);
        ProjectFolder project = project(way, round, target);
        Ended ended;
        List<String> counts = List.of();
        try (RunWatch watch = new RunWatch(server, subject(way, target))) {
            Attack attack = new Attack(project, server, watch, random);
            int killsMax = Math.min(KILLS_A_ROUND, KILLS - results.kills());
            if (way.atOnce()) {
                try (CountWatch reader = new CountWatch(server, target, way.table())) {
                    ended = attack.run("kill", killsMax);
                    counts = reader.counts();
                }
            } else {
                ended = attack.run("kill", killsMax);
            }
            results.add(attack.kills(), watch.rowsAgain(), watch.overlapped());
        }
        check(way, target, told + ended, results);
        if (way.atOnce()) {
            results.saw(counts.stream().filter(c -> !c.equals("" + ROWS_OLD)).toList(), "" + ROWS);
            assertEquals(List.of("" + ROWS_OLD, "" + ROWS), counts, told + "what readers saw");
        }
        assertReceipt(way, ended, told);
        assertReadAgain(results, told);
        server.dropDatabase(target);
    }

    private static void check(Way way, String target, String told, KillResults results)
            throws SQLException {
        String found = Ask.content(server, target, way.table(), COLUMNS);
        if (!found.equals(WANTED.get(way.source))) {
            results.differs(
                    ROWS - number(target, "select count(distinct id) from %s where id > 0", way),
                    number(target, "select count(*) - count(distinct id) from %s", way));
        }
        assertEquals(WANTED.get(way.source), found, told);
        if (way == Way.COPY) {
            for (var small : smallTables().entrySet()) {
                assertEquals(
                        Ask.content(server, "src", small.getKey(), "id, v"),
                        Ask.content(server, target, "ods_" + small.getKey(), "id, v"),
                        told);
            }
        }
        String leftOver = "select count(*) from pg_class where relname like 'mortise%shadow%'";
        assertEquals("0", Ask.one(server, target, leftOver), told + "tables left over");
    }

    private static long number(String target, String sql, Way way) throws SQLException {
        return Ask.number(server, target, sql.formatted(way.table()));
    }

    /// However often it died, the run says in the end what it has written in all.
    private static void assertReceipt(Way way, Ended ended, String told) {
        assertEquals("succeeded", ended.json().path("state").asString(), told + ended);
        String step = way == Way.COPY ? "public.orders" : "out";
        long out = ended.json().path("steps").path(step).path("rows_out").asLong();
        assertEquals(ROWS, out, told + "the receipt of " + ended);
    }

    private static void assertReadAgain(KillResults results, String told) {
        long limit = Math.max(ROWS / 100, ROWS_AGAIN_LEAST) + ROWS_LOOKED_AT;
        assertTrue(
                results.againMax() <= limit,
                told + results.againMax() + " rows were read again after a kill, limit " + limit);
    }

    private static Subject subject(Way way, String target) {
        Map<String, Long> tables = new HashMap<>(Map.of(way.source, ROWS));
        Map<String, Long> tasks = new HashMap<>();
        if (way == Way.COPY) {
            tables.putAll(smallTables());
            tables.forEach((table, rows) -> tasks.put("kill/public." + table, rows));
        } else {
            tasks.put("kill/out", ROWS);
        }
        long whole = way.source.equals("heap") ? ROWS : 0;
        return new Subject("src", target, tables, tasks, whole, way.finishing());
    }

    /// The target as an earlier day left it.
    private static void prepare(Way way, String target) throws SQLException {
        OrdersTable.create(server, target, way.table(), way.mode.equals("append") ? 0 : ROWS_OLD);
        if (!way.keyed) {
            server.executeIn(
                    target, "alter table %s drop constraint %1$s_pkey".formatted(way.table()));
        }
        if (way.upserts() || way.mirrors()) {
            server.executeIn(target, "update orders set note = 'old' where id % 2 = 0");
        }
        if (way.mirrors()) {
            server.executeIn(target, "update orders set id = -id where id % 5 = 0");
        }
    }

    private ProjectFolder project(Way way, int round, String target) throws IOException {
        ProjectFolder project = new ProjectFolder(folder.resolve("round" + round));
        project.postgres("src", server, "src").postgres("dst", server, target);
        return way == Way.COPY
                ? project.flow(
                        "kill",
                        """
                        copy: {from: src, include: ["public.*"], exclude: ["public.heap"],
                          to: dst, into: "public.ods_{table}", mode: replace}
                        """)
                : project.flow(
                        "kill",
                        """
                        steps:
                          rows: {read: src.public.%s}
                          out: {from: rows, write: dst.public.orders, mode: %s}
                        """
                                .formatted(way.source, way.mode));
    }
}
