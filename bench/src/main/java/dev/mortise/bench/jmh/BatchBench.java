package dev.mortise.bench.jmh;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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

/// What one value of a batch costs, by the way its column lies in memory: int, long, two longs,
/// double, bytes.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Batch.ROWS_MAX)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class BatchBench {
    @Param({"bool", "int64", "decimal(38,2)", "float64", "text"})
    public String type = "int64";

    private Type parsed = Scalar.INT64;
    private Batch batch = Columns.batch(Scalar.INT64);
    private int[] everyOther = {};

    @Setup
    public void prepare() {
        parsed = Type.parse(type);
        batch = Columns.batch(parsed);
        everyOther = IntStream.range(0, batch.rows() / 2).map(i -> 2 * i).toArray();
    }

    @Benchmark
    public Column fill() {
        Column column = Column.of(parsed, Batch.ROWS_MAX);
        Columns.fill(column);
        return column;
    }

    @Benchmark
    public long read() {
        return Columns.sum(batch.column(0));
    }

    /// The road the kernels avoid: each value as an object.
    @Benchmark
    public long readAsText() {
        long sum = 0;
        for (int row = 0; row < batch.rows(); row++) {
            sum += Cell.text(parsed, batch.column(0), row).length();
        }
        return sum;
    }

    @Benchmark
    public Batch select() {
        return batch.select(everyOther, everyOther.length);
    }

    @Benchmark
    public Batch slice() {
        return batch.slice(1, batch.rows() - 1);
    }
}
