package dev.mortise.bench.workload;

import dev.mortise.bench.race.Contender;
import dev.mortise.bench.race.Output;
import dev.mortise.bench.race.Workload;
import dev.mortise.bench.tool.JdbcLoop;
import dev.mortise.bench.tool.Launched;
import dev.mortise.bench.tool.Pipe;
import dev.mortise.testkit.live.LocalPostgres;
import dev.mortise.testkit.live.LocalServer;
import dev.mortise.testkit.live.OrdersTable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// From PostgreSQL to PostgreSQL, within one server.
final class PostgresCopies {
    private static final long LARGE = 20;
    private static final String TRANSFORMED = "transformed";

    static final String PLAIN_FLOW =
            """
            steps:
              orders: {read: src.orders}
              copied: {from: orders, write: dst.copied, mode: append}
            """;

    private static final String TRANSFORM_FLOW =
            """
            steps:
              orders: {read: src.orders}
              priced:
                from: orders
                map: {'*': keep, total: "cast(amount * qty as decimal(18,2))"}
              sold: {from: priced, where: total > 100}
              copied: {from: sold, write: dst.transformed, mode: append}
            """;

    private PostgresCopies() {}

    static Workload plain(Systems systems, Scale scale) throws SQLException {
        LocalPostgres server = systems.postgres();
        TargetArena arena = arena(server);
        String source = systems.orders(server, scale.rows());
        Output truth = systems.truth(server, scale.rows());
        List<Contender> contenders = new ArrayList<>();
        contenders.add(
                Contender.floor(
                        systems.psql().label() + ": copy binary | copy binary",
                        truth,
                        () -> pipe(systems, source, arena)));
        contenders.add(ours(systems, source, arena, truth));
        contenders.add(
                Contender.peer(
                        "jdbc",
                        "JDBC loop: fetch 10000, batch 1000",
                        truth,
                        () -> loop(systems, source, arena, false)));
        contenders.add(
                Contender.peer(
                        "jdbc-rewrite",
                        "JDBC loop with reWriteBatchedInserts",
                        truth,
                        () -> loop(systems, source, arena, true)));
        return new Workload("pg-pg", "PostgreSQL → PostgreSQL", scale.rows(), arena, contenders);
    }

    /// So many rows that none of it fits into the heap; only that it arrives.
    static Workload large(Systems systems, Scale scale) throws SQLException {
        long rows = scale.rows() * LARGE;
        LocalPostgres server = systems.postgres();
        TargetArena arena = arena(server);
        String source = systems.orders(server, rows);
        Output truth = systems.truth(server, rows);
        return new Workload(
                "pg-20m",
                "PostgreSQL → PostgreSQL, 20 M rows, 256 MB heap",
                rows,
                arena,
                List.of(ours(systems, source, arena, truth)));
    }

    /// One computed column and a filter over it, beside the same copy of ours without them.
    static Workload transform(Systems systems, Scale scale) throws SQLException {
        LocalPostgres server = systems.postgres();
        String source = systems.orders(server, scale.rows());
        TargetArena arena =
                new TargetArena(server, server, PostgresCopies::createBoth, bothDigest(server));
        String wanted =
                "(select *, (amount * qty)::numeric(18,2) as total from orders) o"
                        + " where total > 100";
        Output truth = Digests.read(server, source, Digests.orders(server, wanted, ", total"));
        Contender plain = ours(systems, source, arena, systems.truth(server, scale.rows()));
        return new Workload(
                "pg-pg-transform",
                "the same with a computed column and a filter",
                scale.rows(),
                arena,
                List.of(
                        Contender.floor("mortise run, plain copy", plain.expected(), plain.work()),
                        Contender.ours(
                                "mortise run, map and where",
                                truth,
                                () -> run(systems, source, arena, TRANSFORM_FLOW))));
    }

    private static TargetArena arena(LocalServer server) {
        return new TargetArena(
                server, server, PostgresCopies::createCopied, Digests.orders(server, "copied"));
    }

    static void createCopied(LocalServer server, String database) throws SQLException {
        OrdersTable.create(server, database, "copied", 0);
    }

    private static void createBoth(LocalServer server, String database) throws SQLException {
        createCopied(server, database);
        OrdersTable.create(server, database, TRANSFORMED, 0);
        server.executeIn(
                database, "alter table " + TRANSFORMED + " add column total numeric(18,2)");
    }

    // A run fills one of the two tables; the empty one adds nothing.
    private static String bothDigest(LocalServer server) {
        return "select a.count + b.count, (a.coalesce::numeric + b.coalesce::numeric)::text from ("
                + Digests.orders(server, "copied")
                + ") a(count, coalesce), ("
                + Digests.orders(server, TRANSFORMED, ", total")
                + ") b(count, coalesce)";
    }

    private static Contender ours(Systems systems, String source, TargetArena arena, Output truth) {
        return Contender.ours("mortise run", truth, () -> run(systems, source, arena, PLAIN_FLOW));
    }

    private static Launched run(Systems systems, String source, TargetArena arena, String flow)
            throws Exception {
        return systems.product()
                .run(
                        systems.newProject()
                                .connection("src", systems.postgres(), source)
                                .connection("dst", arena.target(), arena.database())
                                .flow(flow));
    }

    private static Launched pipe(Systems systems, String source, TargetArena arena)
            throws Exception {
        LocalServer server = systems.postgres();
        return new Pipe(
                        systems.newFolder(),
                        systems.psql()
                                .command(server, source, "copy orders to stdout (format binary)"),
                        systems.psql()
                                .command(
                                        server,
                                        arena.database(),
                                        "copy copied from stdin (format binary)"))
                .run();
    }

    private static Launched loop(Systems systems, String source, TargetArena arena, boolean rewrite)
            throws Exception {
        return new Pipe(
                        systems.newFolder(),
                        JdbcLoop.command(systems.postgres(), source, arena.database(), rewrite))
                .run();
    }
}
