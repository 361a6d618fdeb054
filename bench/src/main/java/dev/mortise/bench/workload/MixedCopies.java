package dev.mortise.bench.workload;

import dev.mortise.bench.race.Contender;
import dev.mortise.bench.race.Output;
import dev.mortise.bench.race.Workload;
import dev.mortise.bench.tool.BenchException;
import dev.mortise.bench.tool.Launched;
import dev.mortise.bench.tool.MariaDbClient;
import dev.mortise.bench.tool.Pipe;
import dev.mortise.testkit.live.LocalMariaDb;
import dev.mortise.testkit.live.LocalPostgres;
import dev.mortise.testkit.live.LocalServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Between systems of different makes.
final class MixedCopies {
    private static final String CSV_FLOW =
            """
            steps:
              orders: {read: src.orders.csv}
              copied: {from: orders, write: dst.copied, mode: append}
            """;

    private static final String CSV_CONNECTION =
            """
            type: file
            path: %s
            formats:
              "orders.csv":
                columns: {id: int64, customer_id: int32, status: text, country: text,
                  amount: "decimal(12,2)", qty: int16, price: float64, created_at: timestamp,
                  updated_at: timestamptz, active: bool, note: text, attrs: json}
            """;

    // Booleans and instants as the reader on the other side spells them.
    private static final String CSV_ROWS =
            "copy (select id, customer_id, status, country, amount, qty, price, created_at,"
                    + " updated_at, active::text as active, note, attrs from orders)"
                    + " to stdout (format csv, header)";
    private static final String MARIADB_ROWS =
            "copy (select id, customer_id, status, country, amount, qty, price, created_at,"
                    + " updated_at at time zone 'UTC', active::int, note, attrs from orders)"
                    + " to stdout";

    private MixedCopies() {}

    static Workload mariaDbToPostgres(Systems systems, Scale scale) throws Exception {
        LocalMariaDb from = systems.mariaDb();
        LocalPostgres to = systems.postgres();
        String source = systems.orders(from, scale.rows());
        TargetArena arena = arena(from, to);
        Output truth = systems.truth(to, scale.rows());
        return new Workload(
                "mariadb-pg",
                "MariaDB → PostgreSQL",
                scale.rows(),
                arena,
                List.of(
                        Contender.floor(
                                "mariadb --quick -NB | " + systems.psql().label() + ": copy",
                                truth,
                                () -> selectIntoCopy(systems, source, arena)),
                        Contender.ours(
                                "mortise run", truth, () -> run(systems, from, source, arena))));
    }

    static Workload postgresToMariaDb(Systems systems, Scale scale) throws Exception {
        LocalPostgres from = systems.postgres();
        LocalMariaDb to = systems.mariaDb();
        String source = systems.orders(from, scale.rows());
        TargetArena arena = arena(from, to);
        Output truth = systems.truth(to, scale.rows());
        Path file = export(systems, source, MARIADB_ROWS);
        return new Workload(
                "pg-mariadb",
                "PostgreSQL → MariaDB",
                scale.rows(),
                arena,
                List.of(
                        Contender.floor(
                                "mariadb: load data local infile of a file made before",
                                truth,
                                () -> load(systems, file, arena)),
                        Contender.ours(
                                "mortise run", truth, () -> run(systems, from, source, arena))));
    }

    static Workload csvToPostgres(Systems systems, Scale scale) throws Exception {
        LocalPostgres to = systems.postgres();
        Path file = export(systems, systems.orders(to, scale.rows()), CSV_ROWS);
        Path csv = java.nio.file.Files.move(file, file.resolveSibling("orders.csv"));
        TargetArena arena =
                new TargetArena(
                        null, to, PostgresCopies::createCopied, Digests.orders(to, "copied"));
        Output truth = systems.truth(to, scale.rows());
        return new Workload(
                "csv-pg",
                "CSV → PostgreSQL, typed",
                scale.rows(),
                arena,
                List.of(
                        Contender.floor(
                                systems.psql().label() + ": copy from a csv file",
                                truth,
                                () -> copyCsv(systems, csv, arena)),
                        Contender.ours(
                                "mortise run, columns typed, rejects on",
                                truth,
                                () -> runCsv(systems, csv, arena))));
    }

    private static TargetArena arena(LocalServer from, LocalServer to) {
        return new TargetArena(
                from, to, PostgresCopies::createCopied, Digests.orders(to, "copied"));
    }

    private static Launched run(Systems systems, LocalServer from, String source, TargetArena arena)
            throws Exception {
        return systems.product()
                .run(
                        systems.newProject()
                                .connection("src", from, source)
                                .connection("dst", arena.target(), arena.database())
                                .flow(PostgresCopies.PLAIN_FLOW));
    }

    private static Launched runCsv(Systems systems, Path csv, TargetArena arena) throws Exception {
        return systems.product()
                .run(
                        systems.newProject()
                                .connection("src", CSV_CONNECTION.formatted(csv.getParent()))
                                .connection("dst", arena.target(), arena.database())
                                .flow(CSV_FLOW));
    }

    private static Launched selectIntoCopy(Systems systems, String source, TargetArena arena)
            throws Exception {
        return new Pipe(
                        systems.newFolder(),
                        MariaDbClient.command(systems.mariaDb(), source, "select * from orders"),
                        systems.psql()
                                .command(
                                        arena.target(), arena.database(), "copy copied from stdin"))
                .run();
    }

    private static Launched load(Systems systems, Path file, TargetArena arena) throws Exception {
        String sql = "load data local infile '%s' into table copied character set utf8mb4";
        return new Pipe(
                        systems.newFolder(),
                        MariaDbClient.command(
                                systems.mariaDb(), arena.database(), sql.formatted(file)))
                .run();
    }

    private static Launched copyCsv(Systems systems, Path csv, TargetArena arena) throws Exception {
        ProcessBuilder psql =
                systems.psql()
                        .command(
                                arena.target(),
                                arena.database(),
                                "copy copied from stdin (format csv, header)");
        return new Pipe(systems.newFolder(), psql.redirectInput(csv.toFile())).run();
    }

    /// Writes rows of the source to a file, which is not measured.
    static Path export(Systems systems, String source, String sql)
            throws IOException, InterruptedException {
        Path folder = systems.newFolder();
        Path file = folder.resolve("rows.txt");
        ProcessBuilder psql = systems.psql().command(systems.postgres(), source, sql);
        Process process =
                psql.redirectOutput(file.toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        if (process.waitFor() != 0) {
            throw new BenchException("writing the rows of '" + source + "' to a file failed");
        }
        return file;
    }
}
