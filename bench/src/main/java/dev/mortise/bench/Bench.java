package dev.mortise.bench;

import dev.mortise.bench.race.Board;
import dev.mortise.bench.race.Conditions;
import dev.mortise.bench.race.Race;
import dev.mortise.bench.race.Records;
import dev.mortise.bench.race.Sample;
import dev.mortise.bench.race.Summary;
import dev.mortise.bench.race.Workload;
import dev.mortise.bench.tool.BenchException;
import dev.mortise.bench.tool.Java;
import dev.mortise.bench.tool.Product;
import dev.mortise.bench.workload.Systems;
import dev.mortise.bench.workload.Workloads;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// `./mortise bench`: takes workloads one after the other, lets the contenders of each race, keeps
/// the records and shows the table.
public final class Bench {
    private static final Duration SETTLE = Duration.ofSeconds(2);
    private static final String DURABILITY =
            "fsync=on,synchronous_commit=on,innodb_flush_log_at_trx_commit=1";

    private final Call call;
    private final Path root;
    private final Product product;
    private final PrintStream out;

    Bench(Call call, Path root, Product product, PrintStream out) {
        this.call = call;
        this.root = root;
        this.product = product;
        this.out = out;
    }

    public static void main(String[] arguments) throws Exception {
        PrintStream out =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.exit(run(out, arguments));
    }

    private static int run(PrintStream out, String... arguments) throws Exception {
        if (arguments.length > 0 && arguments[0].equals("jmh")) {
            org.openjdk.jmh.Main.main(Arrays.copyOfRange(arguments, 1, arguments.length));
            return 0;
        }
        Call call;
        try {
            call = Call.parse(arguments);
        } catch (IllegalArgumentException e) {
            out.println("mortise: " + e.getMessage());
            out.printf(Call.USAGE, String.join(", ", Workloads.names()));
            return 2;
        }
        Path root = root();
        return new Bench(call, root, Product.script(root), out).run() ? 0 : 1;
    }

    private static Path root() {
        String told = System.getenv("MORTISE_ROOT");
        if (told == null) {
            throw new IllegalStateException("expected MORTISE_ROOT; call ./mortise bench");
        }
        return Path.of(told);
    }

    /// Whether every workload could be measured.
    boolean run() throws Exception {
        Path folder = Files.createTempDirectory("mortise-bench-");
        try (Systems systems = new Systems(folder, product)) {
            Records kept = new Records(root.resolve("bench/results.jsonl"));
            Records records = call.smoke() ? Race.nowhere(folder) : kept;
            boolean good = true;
            for (String name : call.workloads()) {
                good &= measured(name, systems, records);
            }
            if (!call.smoke()) {
                show(kept.read());
            }
            return good;
        } finally {
            delete(folder);
        }
    }

    // One that cannot be measured does not take the others with it.
    private boolean measured(String name, Systems systems, Records records) throws Exception {
        out.println(name);
        try {
            Workload workload = Workloads.opening(name).open(systems, call.scale());
            Duration settle = call.smoke() ? Duration.ZERO : SETTLE;
            Race race =
                    new Race(
                            conditions(systems),
                            new Race.Rules(call.cycles(), settle, !call.smoke()),
                            records,
                            out::println);
            List<Sample> samples = race.run(workload);
            if (!call.smoke()) {
                Summary.of(samples).forEach(summary -> out.println("  " + summary.line()));
            }
            return true;
        } catch (BenchException e) {
            out.println("  not measured: " + e.getMessage());
            return false;
        }
    }

    private Conditions conditions(Systems systems) throws Exception {
        Map<String, String> config = new LinkedHashMap<>();
        config.put("heap", Java.HEAP);
        config.put("cpus", Integer.toString(Runtime.getRuntime().availableProcessors()));
        return new Conditions(
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                Conditions.commit(root),
                systems.versions(),
                config,
                DURABILITY);
    }

    private void show(List<Sample> samples) throws IOException {
        Board board = new Board(samples, Workloads.names(), Workloads.chinese());
        out.println();
        out.println(board.markdown(Board.Language.EN));
        if (call.readme()) {
            ReadmeTable.write(root.resolve("README.md"), board.markdown(Board.Language.EN));
            ReadmeTable.write(root.resolve("README.zh-CN.md"), board.markdown(Board.Language.ZH));
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
