package dev.mortise.bench.workload;

import dev.mortise.bench.race.Contender;
import dev.mortise.bench.race.Output;
import dev.mortise.bench.race.Workload;
import dev.mortise.bench.tool.Project;
import dev.mortise.testkit.live.LocalPostgres;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/// What a call costs before there is any work to speak of.
final class Starts {
    private static final long FEW = 200;
    private static final Map<String, String> COLD = Map.of("JDK_JAVA_OPTIONS", "-XX:AOTMode=off");

    private Starts() {}

    static Workload check(Systems systems, Scale scale) throws Exception {
        LocalPostgres server = systems.postgres();
        Project project =
                systems.newProject()
                        .connection("src", server, "postgres")
                        .connection("dst", server, "postgres")
                        .flow(PostgresCopies.PLAIN_FLOW);
        return new Workload(
                "start",
                "`mortise check`, start to end",
                1,
                new StillArena(Map.of()),
                List.of(
                        Contender.ours(
                                "mortise check",
                                StillArena.NOTHING,
                                () -> systems.product().check(project))));
    }

    /// The studio's server on an empty home, until it listens; beside it without the cache of its
    /// loaded classes, as on a machine on which it never started.
    static Workload serve(Systems systems, Scale scale) throws Exception {
        systems.product().prepareServe();
        return new Workload(
                "serve",
                "`mortise serve` until it listens",
                1,
                new StillArena(Map.of()),
                List.of(
                        Contender.ours(
                                "mortise serve",
                                StillArena.NOTHING,
                                () -> systems.product().serve(systems.newFolder(), Map.of())),
                        Contender.floor(
                                "the same without its cache",
                                StillArena.NOTHING,
                                () -> systems.product().serve(systems.newFolder(), COLD))));
    }

    /// The whole run of a few rows: the first row is there before it ends.
    static Workload smallRun(Systems systems, Scale scale) throws SQLException {
        LocalPostgres server = systems.postgres();
        String source = systems.orders(server, FEW);
        Output truth = systems.truth(server, FEW);
        TargetArena arena =
                new TargetArena(
                        server,
                        server,
                        PostgresCopies::createCopied,
                        Digests.orders(server, "copied"));
        return new Workload(
                "small-run",
                "a run of " + FEW + " rows, start to end",
                1,
                arena,
                List.of(
                        Contender.ours(
                                "mortise run",
                                truth,
                                () ->
                                        systems.product()
                                                .run(
                                                        systems.newProject()
                                                                .connection("src", server, source)
                                                                .connection(
                                                                        "dst",
                                                                        server,
                                                                        arena.database())
                                                                .flow(
                                                                        PostgresCopies
                                                                                .PLAIN_FLOW)))));
    }
}
