package dev.mortise.bench.workload;

import dev.mortise.bench.race.Contender;
import dev.mortise.bench.race.Output;
import dev.mortise.bench.race.Workload;
import dev.mortise.bench.tool.Launched;
import dev.mortise.bench.tool.Pipe;
import dev.mortise.bench.tool.TablePump;
import dev.mortise.testkit.live.LocalPostgres;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Many small tables by one `copy`: what a table costs however few rows it has.
final class ManyTables {
    private static final int ROWS = 200;

    private static final String COLUMNS =
            "(id int primary key, name text not null, amount numeric(12,2), at timestamptz)";
    private static final String FILLING =
            "insert into part_%d select i, 'name ' || i, i / 7.0,"
                    + " timestamptz '2024-01-01 00:00+00' + i * interval '1 minute'"
                    + " from generate_series(1, %d) i";
    private static final String FLOW =
            """
            copy: {from: src, include: ["*part_*"], to: dst, into: "{table}", mode: replace}
            """;

    private ManyTables() {}

    static Workload open(Systems systems, Scale scale) throws SQLException {
        LocalPostgres server = systems.postgres();
        String source = server.freshDatabase("parts");
        List<TablePump.Table> tables = new ArrayList<>();
        for (int i = 0; i < scale.tables(); i++) {
            tables.add(new TablePump.Table("part_" + i, COLUMNS));
            server.executeIn(
                    source,
                    "create table part_%d %s".formatted(i, COLUMNS),
                    FILLING.formatted(i, ROWS));
        }
        String digest = digest(scale.tables());
        TargetArena arena = new TargetArena(server, server, (_, _) -> {}, digest);
        Output truth = Digests.read(server, source, digest);
        return new Workload(
                "tables-500",
                scale.tables() + " tables × " + ROWS + " rows, by `copy`",
                scale.tables(),
                arena,
                List.of(
                        Contender.floor(
                                systems.psql().label() + ": create table, copy | copy",
                                truth,
                                () -> pump(systems, source, arena, tables)),
                        Contender.ours(
                                "mortise run, copy", truth, () -> copy(systems, source, arena))));
    }

    private static Launched pump(
            Systems systems, String source, TargetArena arena, List<TablePump.Table> tables)
            throws Exception {
        Path folder = systems.newFolder();
        return new Pipe(
                        folder,
                        TablePump.commands(
                                systems.psql(),
                                folder,
                                arena.target(),
                                source,
                                arena.database(),
                                tables))
                .run();
    }

    private static Launched copy(Systems systems, String source, TargetArena arena)
            throws Exception {
        return systems.product()
                .run(
                        systems.newProject()
                                .connection("src", arena.target(), source)
                                .connection("dst", arena.target(), arena.database())
                                .flow(FLOW));
    }

    private static String digest(int tables) {
        String all =
                IntStream.range(0, tables)
                        .mapToObj(i -> "select t::text from part_" + i + " t")
                        .collect(Collectors.joining(" union all "));
        return "select count(*), sum(hashtextextended(t, 0)::numeric)::text from ("
                + all
                + ") every(t)";
    }
}
