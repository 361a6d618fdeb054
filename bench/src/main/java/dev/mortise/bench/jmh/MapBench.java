package dev.mortise.bench.jmh;

import dev.mortise.engine.flow.Step;
import dev.mortise.engine.operator.Expressions;
import dev.mortise.engine.operator.RowOperator;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.option.Place;
import dev.mortise.spi.type.Scalar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// What one computed column costs a row, through DuckDB and back.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Batch.ROWS_MAX)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MapBench {
    @Param({"value * 2", "value % 7 = 0", "upper(value::varchar)"})
    public String expression = "value * 2";

    private final Batch batch = Columns.batch(Scalar.INT64);
    private @Nullable Expressions expressions;
    private @Nullable RowOperator map;

    @Setup
    public void prepare() throws IOException {
        Path spill = Files.createTempDirectory("mortise-bench-spill-");
        Expressions opened = new Expressions(Expressions.Limits.spillingTo(spill));
        Step.Mapping step =
                new Step.Mapping(
                        "mapped",
                        "rows",
                        Map.of("result", expression),
                        false,
                        0,
                        Set.of(),
                        Place.NOWHERE);
        map = opened.map(step, batch.schema()).open();
        expressions = opened;
    }

    @TearDown
    public void close() {
        if (map != null) {
            map.close();
        }
        if (expressions != null) {
            expressions.close();
        }
    }

    @Benchmark
    public @Nullable Batch map() {
        RowOperator operator = map;
        return operator == null ? null : operator.apply(batch, row -> {});
    }
}
