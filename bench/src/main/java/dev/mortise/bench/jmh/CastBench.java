package dev.mortise.bench.jmh;

import dev.mortise.engine.operator.Cast;
import dev.mortise.engine.operator.RowOperator;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import dev.mortise.spi.type.Type;
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
import org.openjdk.jmh.annotations.Warmup;

/// What converting one value costs, by the pair of types, written `from>to`.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Batch.ROWS_MAX)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CastBench {
    @Param({
        "int64>int32",
        "int64>decimal(12,2)",
        "decimal(12,2)>decimal(18,4)",
        "int64>text",
        "float64>text",
        "timestamp>text"
    })
    public String pair = "int64>text";

    private Batch batch = Columns.batch(Scalar.INT64);
    private RowOperator cast = between(Scalar.INT64, Scalar.TEXT);

    @Setup
    public void prepare() {
        String[] types = pair.split(">", -1);
        batch = Columns.batch(Type.parse(types[0]));
        cast = between(Type.parse(types[0]), Type.parse(types[1]));
    }

    private static RowOperator between(Type from, Type to) {
        Schema arriving = Schema.of(Field.of("value", from));
        return Cast.between(arriving, Schema.of(Field.of("value", to))).orElseThrow();
    }

    @Benchmark
    public @Nullable Batch cast() {
        return cast.apply(batch, row -> {});
    }
}
