package dev.mortise.bench.workload;

import dev.mortise.bench.race.Contender;
import dev.mortise.bench.race.Workload;
import dev.mortise.bench.tool.Launched;
import dev.mortise.bench.tool.MariaDbClient;
import dev.mortise.bench.tool.Pipe;
import dev.mortise.bench.tool.Project;
import dev.mortise.testkit.live.LocalMariaDb;
import dev.mortise.testkit.live.LocalPostgres;
import dev.mortise.testkit.live.LocalServer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The comparison of a table with its copy, beside a scan of either side that counts and hashes
/// every row.
final class Verifications {
    private Verifications() {}

    static Workload postgres(Systems systems, Scale scale) throws Exception {
        String title = "verify: PostgreSQL = PostgreSQL";
        return open("verify-pg-pg", title, systems, systems.postgres(), scale.rows());
    }

    static Workload mariaDb(Systems systems, Scale scale) throws Exception {
        String title = "verify: PostgreSQL = MariaDB";
        return open("verify-pg-mariadb", title, systems, systems.mariaDb(), scale.rows());
    }

    private static Workload open(
            String name, String title, Systems systems, LocalServer target, long rows)
            throws Exception {
        LocalPostgres from = systems.postgres();
        String source = systems.orders(from, rows);
        String copy = target.freshDatabase("verified");
        PostgresCopies.createCopied(target, copy);
        Project project =
                systems.newProject()
                        .connection("src", from, source)
                        .connection("dst", target, copy)
                        .flow(PostgresCopies.PLAIN_FLOW);
        systems.product().run(project);
        Map<String, LocalServer> servers = new LinkedHashMap<>();
        servers.put(from == target ? "server" : "source", from);
        servers.put(from == target ? "server" : "target", target);
        return new Workload(
                name,
                title,
                rows,
                new StillArena(servers),
                List.of(
                        Contender.floor(
                                "count and hash of both tables, one after the other",
                                StillArena.NOTHING,
                                () -> {
                                    scan(systems, from, source, "orders");
                                    return scan(systems, target, copy, "copied");
                                }),
                        Contender.ours(
                                "mortise verify",
                                StillArena.NOTHING,
                                () -> systems.product().verify(project))));
    }

    private static Launched scan(Systems systems, LocalServer server, String database, String table)
            throws Exception {
        String sql = Digests.scan(server, table);
        ProcessBuilder client =
                server instanceof LocalMariaDb mariaDb
                        ? MariaDbClient.command(mariaDb, database, sql)
                        : systems.psql().command(server, database, sql);
        return new Pipe(systems.newFolder(), client).run();
    }
}
