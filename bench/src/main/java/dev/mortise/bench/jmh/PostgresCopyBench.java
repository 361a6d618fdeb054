package dev.mortise.bench.jmh;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Connector;
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
import dev.mortise.spi.connect.WriteMode;
import dev.mortise.spi.connect.Writes;
import dev.mortise.spi.option.Place;
import dev.mortise.spi.option.Settings;
import dev.mortise.spi.option.Tree;
import dev.mortise.testkit.live.LocalPostgres;
import dev.mortise.testkit.live.OrdersTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// Binary `COPY` of a row of orders against a real server, one lane: decoding and encoding with the
/// server's share of the wall time in it.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(PostgresCopyBench.ROWS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class PostgresCopyBench {
    static final int ROWS = 100_000;

    private @Nullable LocalPostgres server;
    private @Nullable Connector connector;
    private @Nullable Snapshot snapshot;
    private @Nullable Sink sink;
    private final List<Batch> batches = new ArrayList<>();
    private List<Range> ranges = List.of();

    @Setup
    public void prepare() throws Exception {
        LocalPostgres started = LocalPostgres.start();
        server = started;
        String database = started.freshDatabase("jmh");
        OrdersTable.create(started, database, ROWS);
        started.executeIn(database, "create table copied (like orders)");
        ConnectorFactory factory = factory();
        Connector opened = factory.open(settings(factory, started, database));
        connector = opened;
        Dataset orders = ((Reads) opened).describe("orders");
        Snapshot view = ((Reads) opened).snapshot(orders, Scan.ALL);
        snapshot = view;
        ranges = view.ranges(ROWS);
        Target target =
                new Target("jmh", "copied", orders.schema(), WriteMode.APPEND, List.of(), false);
        Sink made = ((Writes) opened).sink(target);
        made.claim();
        made.begin(ranges);
        sink = made;
        read(batches::add);
    }

    @TearDown
    public void close() {
        if (sink != null) {
            sink.close();
        }
        if (snapshot != null) {
            snapshot.close();
        }
        if (connector != null) {
            connector.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @Benchmark
    public long decode() {
        long[] rows = {0};
        read(batch -> rows[0] += batch.rows());
        return rows[0];
    }

    /// Nothing is committed, so that the table stays empty.
    @Benchmark
    public long encode() {
        Sink open = sink;
        return open == null ? 0 : write(open);
    }

    private long write(Sink open) {
        long rows = 0;
        try (Lane lane = open.lane()) {
            for (Batch batch : batches) {
                rows += lane.write(batch, _ -> {});
            }
            lane.abort();
        }
        return rows;
    }

    private void read(Consumer<Batch> taker) {
        Snapshot view = snapshot;
        if (view == null) {
            return;
        }
        for (Range range : ranges) {
            try (Source source = view.source(range, row -> {})) {
                for (Batch batch = source.next(); batch != null; batch = source.next()) {
                    taker.accept(batch);
                }
            }
        }
    }

    private static ConnectorFactory factory() {
        return ServiceLoader.load(ConnectorFactory.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(factory -> factory.type().equals("postgres"))
                .findFirst()
                .orElseThrow();
    }

    private static Settings settings(
            ConnectorFactory factory, LocalPostgres server, String database) {
        Map<String, Tree> entries = new HashMap<>();
        Map.of(
                        "host", server.host(),
                        "port", Integer.toString(server.port()),
                        "database", database,
                        "user", server.user(),
                        "password", server.password())
                .forEach((k, v) -> entries.put(k, new Tree.Leaf(v, false, Place.NOWHERE)));
        Tree.Entries tree = new Tree.Entries(entries, Map.of(), Place.NOWHERE);
        return new Settings("bench", Path.of(""), factory.options(), tree);
    }
}
