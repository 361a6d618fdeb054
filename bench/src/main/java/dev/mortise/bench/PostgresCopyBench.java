package dev.mortise.bench;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.CanonicalColumn;
import dev.mortise.spi.connect.ConnectorFactory;
import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.connect.Lane;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.Reads;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.connect.Sink;
import dev.mortise.spi.connect.Snapshot;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.connect.Target;
import dev.mortise.spi.connect.Verifies;
import dev.mortise.spi.connect.WriteMode;
import dev.mortise.spi.connect.Writes;
import dev.mortise.spi.option.Place;
import dev.mortise.spi.option.Settings;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.type.Scalar;
import dev.mortise.testkit.live.LocalPostgres;
import dev.mortise.testkit.live.OrdersTable;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.ServiceLoader;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Copies the orders table from PostgreSQL to PostgreSQL through the connector, beside a pipe of
/// two `psql` into a table of the same kind, in turns.
///
/// Arguments: rows, cycles.
public final class PostgresCopyBench {
    private static final PrintStream OUT =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    private static final Dataset NONE = Dataset.of("", dev.mortise.spi.type.Schema.of(), List.of());
    private static final Batch END =
            new Batch(NONE.schema(), new dev.mortise.spi.batch.Column[0], 0);

    private static final String HASH =
            "select count(*), sum(hashtextextended(t::text, 0)) from"
                    + " (select id, customer_id, status, country, amount, qty, price, created_at,"
                    + " updated_at, active, note from orders) t";

    private final LocalPostgres server;
    private final String database;
    private final long rows;

    private PostgresCopyBench(LocalPostgres server, String database, long rows) {
        this.server = server;
        this.database = database;
        this.rows = rows;
    }

    public static void main(String... arguments) throws Exception {
        long rows = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1_000_000;
        int cycles = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 4;
        try (LocalPostgres server = LocalPostgres.start()) {
            String database = server.freshDatabase("bench");
            OrdersTable.create(server, database, rows);
            new PostgresCopyBench(server, database, rows).run(cycles);
        }
    }

    private void run(int cycles) throws Exception {
        for (int cycle = 1; cycle <= cycles; cycle++) {
            double pipe = timed("pipe", cycle, this::pipe);
            double one = timed("ours, 1 lane", cycle, () -> copy(1, WriteMode.APPEND));
            double two = timed("ours, 2 lanes", cycle, () -> copy(2, WriteMode.APPEND));
            double replace = timed("replace, 2 lanes", cycle, () -> copy(2, WriteMode.REPLACE));
            timed("hash of the row", cycle, () -> server.executeIn(database, HASH));
            timed("digest", cycle, () -> digests(1));
            timed("digest, 256 buckets", cycle, () -> digests(256));
            OUT.printf(
                    "  ratio to the pipe: %.2f, %.2f, replace %.2f%n",
                    pipe / one, pipe / two, pipe / replace);
        }
    }

    /// The digest of all columns but the json one, which the server cannot spell canonically.
    private void digests(int buckets) {
        ConnectorFactory factory = factory();
        try (var connector = factory.open(settings(factory))) {
            Dataset dataset = ((Reads) connector).describe("orders");
            List<CanonicalColumn> columns =
                    dataset.schema().fields().stream()
                            .filter(f -> f.type() != Scalar.JSON)
                            .map(f -> new CanonicalColumn(f.name(), f.type()))
                            .toList();
            var digests =
                    ((Verifies) connector)
                            .digests(
                                    dataset,
                                    columns,
                                    columns.subList(0, 1),
                                    Optional.empty(),
                                    buckets);
            if (digests.isEmpty()) {
                throw new IllegalStateException("the digest was not computed in the server");
            }
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    private double timed(String name, int cycle, Work work) throws Exception {
        server.executeIn(
                database,
                "drop table if exists copied",
                "create table copied (like orders including all)",
                "checkpoint");
        long cpu = cpu();
        long start = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        double micros = (cpu() - cpu) / 1e3 / rows;
        OUT.printf(
                "%d %-18s %.2f s  %,.0f rows/s  %.2f us/row of this JVM%n",
                cycle, name, seconds, rows / seconds, micros);
        return seconds;
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean)
                        ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private void pipe() throws IOException, InterruptedException {
        List<Process> processes =
                ProcessBuilder.startPipeline(
                        List.of(
                                psql("copy orders to stdout (format binary)"),
                                psql("copy copied from stdin (format binary)")
                                        .redirectOutput(Redirect.DISCARD)));
        for (Process process : processes) {
            if (process.waitFor() != 0) {
                throw new IOException("psql failed");
            }
        }
    }

    private ProcessBuilder psql(String sql) {
        ProcessBuilder builder =
                new ProcessBuilder(
                        "psql",
                        "-qX",
                        "-h",
                        server.host(),
                        "-p",
                        "" + server.port(),
                        "-U",
                        server.user(),
                        "-d",
                        database,
                        "-c",
                        sql);
        builder.environment().put("PGPASSWORD", server.password());
        return builder.redirectError(Redirect.INHERIT);
    }

    private ConnectorFactory factory() {
        return ServiceLoader.load(ConnectorFactory.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(f -> f.type().equals("postgres"))
                .findFirst()
                .orElseThrow();
    }

    private Settings settings(ConnectorFactory factory) {
        Map<String, Tree> entries = new HashMap<>();
        Map.of(
                        "host",
                        server.host(),
                        "port",
                        "" + server.port(),
                        "database",
                        database,
                        "user",
                        server.user(),
                        "password",
                        server.password(),
                        "connections_max",
                        "8")
                .forEach((k, v) -> entries.put(k, new Tree.Leaf(v, false, Place.NOWHERE)));
        Tree.Entries tree = new Tree.Entries(entries, Map.of(), Place.NOWHERE);
        return new Settings("bench", Path.of(""), factory.options(), tree);
    }

    private void copy(int lanes, WriteMode mode) throws InterruptedException, ExecutionException {
        ConnectorFactory factory = factory();
        try (var connector = factory.open(settings(factory))) {
            Reads reads = (Reads) connector;
            Dataset dataset = reads.describe("orders");
            Target target = new Target("bench", "copied", dataset.schema(), mode, List.of(), false);
            try (Snapshot snapshot = reads.snapshot(dataset, Scan.ALL);
                    Sink sink = ((Writes) connector).sink(target)) {
                List<Range> ranges = snapshot.ranges(Long.getLong("range", rows / 10));
                sink.claim();
                sink.begin(ranges);
                carry(snapshot, sink, ranges, lanes);
                sink.finish(null);
            }
        }
    }

    private static void carry(Snapshot snapshot, Sink sink, List<Range> ranges, int lanes)
            throws InterruptedException, ExecutionException {
        Queue<Range> left = new ConcurrentLinkedQueue<>(ranges);
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < lanes; i++) {
                BlockingQueue<Object> queue = new ArrayBlockingQueue<>(2);
                workers.add(
                        threads.submit(
                                () -> {
                                    read(snapshot, left, queue);
                                    return true;
                                }));
                workers.add(
                        threads.submit(
                                () -> {
                                    write(sink, queue);
                                    return true;
                                }));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
        }
    }

    private static void read(Snapshot snapshot, Queue<Range> left, BlockingQueue<Object> queue)
            throws InterruptedException {
        try {
            for (Range range = left.poll(); range != null; range = left.poll()) {
                read(snapshot, range, queue);
            }
        } finally {
            queue.put(END);
        }
    }

    private static void read(Snapshot snapshot, Range range, BlockingQueue<Object> queue)
            throws InterruptedException {
        try (Source source = snapshot.source(range, row -> {})) {
            for (Batch batch = source.next(); batch != null; batch = source.next()) {
                queue.put(batch);
            }
        }
        queue.put(range);
    }

    private static void write(Sink sink, BlockingQueue<Object> queue) throws InterruptedException {
        try (Lane lane = sink.lane()) {
            for (Object next = queue.take(); next != END; next = queue.take()) {
                write(lane, next);
            }
        }
    }

    private static void write(Lane lane, Object next) {
        if (next instanceof Batch batch) {
            lane.write(batch, row -> {});
        } else {
            lane.commit((Range) next, null, 0);
        }
    }
}
