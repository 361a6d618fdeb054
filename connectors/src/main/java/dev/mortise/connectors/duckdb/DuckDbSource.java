package dev.mortise.connectors.duckdb;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.batch.RowJson;
import dev.mortise.spi.connect.RejectedRow;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Schema;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBPreparedStatement;
import org.jspecify.annotations.Nullable;

/// Streams the vectors of one query into batches.
final class DuckDbSource implements Source {
    /// DuckDB's own batches have at most this many rows.
    private static final int CHUNK_ROWS = 2_048;

    private final Schema schema;
    private final List<DuckDbDecoder> decoders;
    private final Rejects rejects;
    private final Runnable done;
    private final DuckDBPreparedStatement statement;
    private final DuckDBChunkedResult result;
    private boolean closed;

    private record Misfit(Problem problem, String column) {}

    /// @param tail the query from its `from` on
    /// @param done called once when the session is free again
    DuckDbSource(DuckDbSession session, Schema schema, String tail, Rejects rejects, Runnable done)
            throws SQLException {
        this.schema = schema;
        this.decoders = schema.fields().stream().map(DuckDbDecoder::new).toList();
        this.rejects = rejects;
        this.done = done;
        this.statement = session.connection().prepare(select(decoders) + tail);
        this.result = statement.query();
    }

    private static String select(List<DuckDbDecoder> decoders) {
        return decoders.stream()
                .map(DuckDbDecoder::expression)
                .collect(Collectors.joining(", ", "select ", ""));
    }

    @Override
    public @Nullable Batch next() {
        while (true) {
            Batch batch = read();
            if (batch == null || batch.rows() > 0) {
                return batch;
            }
        }
    }

    /// Gathers vectors until the batch is full. Null at the end; empty when all its rows were bad.
    private @Nullable Batch read() {
        Column[] columns = Batch.columns(schema, Batch.ROWS_MAX);
        Map<Integer, Misfit> misfits = new TreeMap<>();
        int rows = 0;
        long bytes = 0;
        while (rows + CHUNK_ROWS <= Batch.ROWS_MAX && bytes < Batch.BYTES_MAX && nextChunk()) {
            DuckDBDataChunkReader chunk = result.chunk();
            int count = Math.toIntExact(chunk.rowCount());
            bytes = copy(chunk, count, columns, rows, misfits);
            rows += count;
        }
        if (rows == 0) {
            return null;
        }
        Batch batch = new Batch(schema, columns, rows);
        return misfits.isEmpty() ? batch : without(misfits, batch);
    }

    private boolean nextChunk() {
        try {
            return !closed && result.nextChunk();
        } catch (RuntimeException e) {
            throw new ProblemException(
                    Problem.of(
                            ProblemCode.STATEMENT_FAILED,
                            "reading the next rows: " + e.getMessage(),
                            "run again: it resumes where it stood"),
                    e);
        }
    }

    private long copy(
            DuckDBDataChunkReader chunk,
            int count,
            Column[] columns,
            int first,
            Map<Integer, Misfit> misfits) {
        long bytes = 0;
        for (int i = 0; i < columns.length; i++) {
            decoders.get(i)
                    .copy(
                            chunk.vector(i),
                            count,
                            columns[i],
                            first,
                            (row, problem, column) ->
                                    misfits.putIfAbsent(row, new Misfit(problem, column)));
            bytes += columns[i].bytes(first + count);
        }
        return bytes;
    }

    private Batch without(Map<Integer, Misfit> misfits, Batch batch) {
        int[] good = new int[batch.rows()];
        int count = 0;
        for (int row = 0; row < batch.rows(); row++) {
            Misfit misfit = misfits.get(row);
            if (misfit == null) {
                good[count++] = row;
            } else {
                rejects.reject(
                        new RejectedRow(misfit.problem(), misfit.column(), RowJson.of(batch, row)));
            }
        }
        return batch.select(good, count);
    }

    static Schema schema(Schema table, List<String> columns) {
        Schema wanted = columns.isEmpty() ? table : table.project(columns);
        for (Field field : wanted.fields()) {
            if (field.loss().kind() == dev.mortise.spi.type.Loss.Kind.UNSUPPORTED) {
                throw ProblemException.of(
                        ProblemCode.TYPE_UNSUPPORTED,
                        "column '" + field.name() + "': " + field.loss().reason(),
                        "leave it out with 'columns'");
            }
        }
        return wanted;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            result.close();
            statement.close();
        } catch (SQLException e) {
            throw DuckDbProblems.INSTANCE.exception(e);
        } finally {
            done.run();
        }
    }
}
