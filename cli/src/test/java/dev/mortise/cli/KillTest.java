package dev.mortise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.testkit.live.LocalPostgres;
import dev.mortise.testkit.live.OrdersTable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The real command line, killed at random moments, must bring every row over once. System
/// properties make it longer: `mortise.kills` a scenario, `mortise.rows` of the table, and
/// `mortise.seed` to see a failure again.
@Tag("live")
@Tag("slow")
class KillTest {
    private static final int KILLS = Integer.getInteger("mortise.kills", 2);
    private static final long ROWS = Long.getLong("mortise.rows", 150_000);
    private static final long SEED = Long.getLong("mortise.seed", System.nanoTime());
    private static final long ROWS_OLD = 1_000;

    /// Rows of a part, and those a lane's queue holds, read again by each of two lanes at most.
    private static final long ROWS_AGAIN_LEAST = 10 * 8_192;

    private static final String COLUMNS =
            "id, customer_id, status, country, amount, qty, price, created_at, updated_at, active,"
                    + " note, attrs";

    private static final String MOVED = "select %s from pg_stat_user_tables where relname = '%s'";

    private static final KillResults RESULTS = new KillResults(SEED, ROWS);

    private static LocalPostgres server;

    private final Path folder;

    KillTest(@TempDir Path folder) {
        this.folder = folder;
    }

    /// How rows travel, from and to tables with and without a key.
    enum Way {
        APPEND_KEYED("orders", "append", true),
        APPEND_KEYLESS("heap", "append", false),
        UPSERT("orders", "upsert, key: [id]", true),
        REPLACE_KEYED("orders", "replace", true),
        REPLACE_KEYLESS("heap", "replace", false),
        MIRROR("orders", "mirror, key: [id]", true),
        COPY("orders", "replace", true);

        private final String source;
        private final String mode;
        private final boolean keyed;

        Way(String source, String mode, boolean keyed) {
            this.source = source;
            this.mode = mode;
            this.keyed = keyed;
        }

        boolean replaces() {
            return mode.equals("replace");
        }
    }

    @BeforeAll
    static void seed() throws SQLException {
        server = LocalPostgres.start();
        server.createDatabase("src");
        OrdersTable.create(server, "src", ROWS);
        server.executeIn("src", "create table heap as select * from orders", "analyze heap");
        for (int i = 0; i < 8; i++) {
            server.executeIn(
                    "src",
                    "create table small%d (id int primary key, v text)".formatted(i),
                    "insert into small%1$d select i, 'v' || i from generate_series(1, %2$d) i"
                            .formatted(i, i * 700));
        }
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
        RESULTS.record();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void bringsEveryRowOverOnce(Way way) throws Exception {
        Random random = new Random(SEED ^ way.name().hashCode());
        int kills = 0;
        for (int round = 0; kills < KILLS; round++) {
            assertTrue(round < 20 + KILLS, "most runs ended before their kill");
            kills += round(way, round, KILLS - kills, random);
        }
    }

    private int round(Way way, int round, int killsMax, Random random) throws Exception {
        String told = "%s, seed %d, round %d: ".formatted(way, SEED, round);
        String target = server.freshDatabase("dst");
        prepare(way, target);
        ProjectFolder project = project(way, round, target);
        String table = way == Way.COPY ? "ods_orders" : "orders";
        String wanted = Ask.content(server, "src", way.source, COLUMNS);
        long movedBefore = rowsMoved(way, target, table);
        Attack attack = new Attack(project, server, random, Math.max(250, ROWS / 1_200.0));
        List<String> counts = new ArrayList<>();
        Ended ended;
        try (CountWatch watch = new CountWatch(server, target, table)) {
            ended = attack.run("kill", killsMax);
            counts.addAll(watch.counts());
        }
        attack.settle();
        long again = rowsMoved(way, target, table) - movedBefore - ROWS;
        assertEquals(0, ended.code(), told + ended);
        assertEquals(wanted, Ask.content(server, target, table, COLUMNS), told + ended);
        if (way.replaces()) {
            assertEquals(List.of("" + ROWS_OLD, "" + ROWS), counts, told + "what readers saw");
        }
        assertEquals("0", leftOvers(target), told + "tables left over");
        report(told, attack.kills(), again);
        server.dropDatabase(target);
        return attack.kills();
    }

    private static void report(String told, int kills, long again) {
        if (kills > 0) {
            RESULTS.add(kills, again);
            assertTrue(
                    again <= Math.max(ROWS / 100, ROWS_AGAIN_LEAST) * kills,
                    told + again + " rows were read again after " + kills + " kills");
        }
    }

    private static String leftOvers(String target) throws SQLException {
        return Ask.one(
                server,
                target,
                "select count(*) from pg_class where relname like 'mortise%shadow%'");
    }

    /// Rows the source has given so far; without a key, whose resuming looks at the whole table
    /// first to see that it is unchanged, those the target has taken, rolled back or not.
    private static long rowsMoved(Way way, String target, String table) throws SQLException {
        return way.source.equals("heap")
                ? Ask.number(server, target, MOVED.formatted("n_tup_ins", table))
                : Ask.number(
                        server,
                        "src",
                        MOVED.formatted("seq_tup_read + coalesce(idx_tup_fetch, 0)", "orders"));
    }

    /// The target as an earlier day left it.
    private static void prepare(Way way, String target) throws SQLException {
        String table = way == Way.COPY ? "ods_orders" : "orders";
        OrdersTable.create(server, target, table, way.mode.equals("append") ? 0 : ROWS_OLD);
        if (!way.keyed) {
            server.executeIn(target, "alter table %s drop constraint %1$s_pkey".formatted(table));
        }
        if (way == Way.UPSERT || way == Way.MIRROR) {
            server.executeIn(target, "update orders set note = 'old' where id % 2 = 0");
        }
        if (way == Way.MIRROR) {
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
