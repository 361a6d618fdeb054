package dev.mortise.engine.operator;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.type.Schema;
import java.sql.SQLException;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBTableFunction;
import org.duckdb.DuckDBTableFunctionBindInfo;
import org.duckdb.DuckDBTableFunctionCallInfo;
import org.duckdb.DuckDBTableFunctionInitInfo;
import org.jspecify.annotations.Nullable;

/// A table function over the batch a lane is working on: all of its rows or some. DuckDB says
/// which columns its statement needs, only those are copied. One thread fills one statement at a
/// time, so rows keep their order.
final class BatchFeed implements DuckDBTableFunction<Object, BatchFeed.Scan, Object> {
    private final Schema schema;
    private @Nullable Batch batch;
    private int[] rows = new int[0];
    private int start;
    private int end;

    BatchFeed(Schema schema) {
        this.schema = schema;
    }

    /// Sets what the next statement sees: the rows `wanted[from]` up to and without `wanted[to]`.
    void offer(Batch next, int[] wanted, int from, int to) {
        batch = next;
        rows = wanted;
        start = from;
        end = to;
    }

    @Override
    public @Nullable Object bind(DuckDBTableFunctionBindInfo info) throws SQLException {
        info.addResultColumn(Names.ROW, DuckDBColumnType.INTEGER);
        for (int i = 0; i < schema.size(); i++) {
            Wire.declare(info, Wire.column(i), schema.field(i).type());
        }
        return null;
    }

    @Override
    public Scan init(DuckDBTableFunctionInitInfo info) {
        info.setMaxThreads(1);
        int[] columns = new int[Math.toIntExact(info.getColumnCount())];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = (int) info.getColumnIndex(i) - 1;
        }
        return new Scan(columns, start);
    }

    @Override
    public long apply(DuckDBTableFunctionCallInfo call, DuckDBDataChunkWriter chunk) {
        Scan scan = call.getInitData();
        Batch source = batch;
        if (source == null) {
            return 0;
        }
        int count = (int) Math.min(chunk.capacity(), end - scan.next);
        VectorWriter writer = new VectorWriter(rows, scan.next, count);
        for (int i = 0; i < scan.columns.length; i++) {
            int place = scan.columns[i];
            if (place >= 0) {
                writer.write(source.field(place).type(), source.column(place), chunk.vector(i));
            } else if (place == -1) {
                writer.writeNumbers(chunk.vector(i));
            }
        }
        scan.next += count;
        return count;
    }

    /// How far one statement has come.
    static final class Scan {
        private final int[] columns;
        private int next;

        Scan(int[] columns, int next) {
            this.columns = columns;
            this.next = next;
        }
    }
}
