package dev.mortise.engine.operator;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Schema;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBTableFunction;
import org.duckdb.DuckDBTableFunctionBindInfo;
import org.duckdb.DuckDBTableFunctionCallInfo;
import org.duckdb.DuckDBTableFunctionInitInfo;
import org.jspecify.annotations.Nullable;

/// A table function over an input of a query: pulls its batches as DuckDB asks for rows. It can be
/// scanned once. DuckDB calls it on ever-changing threads, though never on two at a time.
final class SourceFeed
        implements DuckDBTableFunction<Object, SourceFeed.Columns, Object>, AutoCloseable {
    /// Which columns a scan wants; -1 is the row number, anything below is nothing.
    record Columns(java.util.List<Integer> places) {}

    private final Schema schema;
    private final Supplier<Source> opener;
    private int[] everyRow = IntStream.range(0, Batch.ROWS_MAX).toArray();
    private @Nullable Source source;
    private @Nullable Batch batch;
    private int next;
    private long rows;
    private boolean ended;
    private @Nullable ProblemException failure;

    SourceFeed(Schema schema, Supplier<Source> opener) {
        this.schema = schema;
        this.opener = opener;
    }

    @Override
    public @Nullable Object bind(DuckDBTableFunctionBindInfo info) throws SQLException {
        info.addResultColumn(Names.ROW, DuckDBColumnType.BIGINT);
        for (int i = 0; i < schema.size(); i++) {
            Wire.declare(info, Wire.column(i), schema.field(i).type());
        }
        return null;
    }

    @Override
    public synchronized Columns init(DuckDBTableFunctionInitInfo info) {
        info.setMaxThreads(1);
        if (source != null || ended) {
            throw new IllegalStateException("an input that is not kept was scanned twice");
        }
        source = opener.get();
        return new Columns(
                IntStream.range(0, Math.toIntExact(info.getColumnCount()))
                        .map(i -> (int) info.getColumnIndex(i) - 1)
                        .boxed()
                        .toList());
    }

    @Override
    public synchronized long apply(DuckDBTableFunctionCallInfo call, DuckDBDataChunkWriter chunk) {
        try {
            Batch current = current();
            return current == null ? 0 : write(current, call.getInitData(), chunk);
        } catch (ProblemException e) {
            failure = e;
            throw e;
        }
    }

    private @Nullable Batch current() {
        while (!ended && (batch == null || next == batch.rows())) {
            batch = source == null ? null : source.next();
            next = 0;
            if (batch == null) {
                close();
            }
        }
        return ended ? null : batch;
    }

    private int write(Batch current, Columns columns, DuckDBDataChunkWriter chunk) {
        int count = (int) Math.min(chunk.capacity(), current.rows() - next);
        if (everyRow.length < current.rows()) {
            everyRow = IntStream.range(0, current.rows()).toArray();
        }
        VectorWriter writer = new VectorWriter(everyRow, next, count);
        for (int i = 0; i < columns.places().size(); i++) {
            int place = columns.places().get(i);
            if (place >= 0) {
                writer.write(schema.field(place).type(), current.column(place), chunk.vector(i));
            } else if (place == -1) {
                writer.writeCount(rows, chunk.vector(i));
            }
        }
        next += count;
        rows += count;
        return count;
    }

    /// What the input said when it failed; DuckDB keeps only the message.
    synchronized Optional<ProblemException> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public synchronized void close() {
        ended = true;
        Source open = source;
        source = null;
        batch = null;
        if (open != null) {
            open.close();
        }
    }
}
