package dev.mortise.engine.operator;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.batch.RowJson;
import dev.mortise.spi.connect.RejectedRow;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Schema;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.DuckDBReadableVector;
import org.jspecify.annotations.Nullable;

/// Formulas and at most one condition over the batches of one lane: one prepared statement, run
/// once a batch. Only the columns they name go to DuckDB, only what they compute comes back.
///
/// A row that makes DuckDB fail is found and set aside; the others go on. First `try` names the
/// rows that may be guilty, then those alone are halved until each stands by itself.
final class Computation implements AutoCloseable {
    private final Program program;
    private final String source;
    private final List<Program.Formula> formulas;
    private final DuckDBConnection connection;
    private final BatchFeed feed;
    private final String place;
    private @Nullable DuckDBPreparedStatement prepared;
    private int[] everyRow = new int[0];

    Computation(Database database, Schema input, Program program) {
        this.program = program;
        this.formulas = program.formulas();
        this.place = program.place();
        this.connection = database.connect();
        this.feed = new BatchFeed(input);
        try {
            String name = database.register(connection, feed);
            this.source = Wire.select(input, name, true);
        } catch (SQLException e) {
            throw SqlError.running("preparing the expressions", e).at(place);
        }
    }

    /// The rows that met the condition, in their order, and a column for each formula.
    static final class Result {
        private final int[] rows;
        private final int count;
        private final Column[] columns;

        Result(int[] rows, int count, Column[] columns) {
            this.rows = rows;
            this.count = count;
            this.columns = columns;
        }

        /// Their places in the batch; only the first [#count] count.
        int[] rows() {
            return rows;
        }

        int count() {
            return count;
        }

        Column column(int formula) {
            return columns[formula];
        }
    }

    Result apply(Batch batch, Rejects rejects) {
        int[] all = numbers(batch.rows());
        try {
            return run(batch, all, 0, batch.rows());
        } catch (SQLException e) {
            throwUnlessOfRow(e);
        }
        int[] good = reject(batch, rejects);
        try {
            return run(batch, good, 0, good.length);
        } catch (SQLException e) {
            throw SqlError.running("computing the rows that had passed alone", e).at(place);
        }
    }

    private int[] numbers(int count) {
        if (everyRow.length < count) {
            everyRow = IntStream.range(0, Math.max(count, Batch.ROWS_MAX)).toArray();
        }
        return everyRow;
    }

    private Result run(Batch batch, int[] rows, int from, int to) throws SQLException {
        if (prepared == null) {
            prepared = prepare(program.all(source));
        }
        feed.offer(batch, rows, from, to);
        try (Chunks chunks = new Chunks(prepared)) {
            return collect(chunks, to - from);
        } catch (SQLException e) {
            // DuckDB closes a statement that fails.
            prepared = null;
            throw e;
        }
    }

    private DuckDBPreparedStatement prepare(String sql) throws SQLException {
        return (DuckDBPreparedStatement) connection.prepareStatement(sql);
    }

    private Result collect(Chunks chunks, int rowsMax) throws SQLException {
        int[] rows = new int[rowsMax];
        Column[] columns = new Column[formulas.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = Column.of(formulas.get(i).result().type(), rowsMax);
        }
        int count = 0;
        DuckDBDataChunkReader chunk;
        while ((chunk = chunks.next()) != null) {
            int size = Math.toIntExact(chunk.rowCount());
            readNumbers(chunk, rows, count, size);
            VectorReader reader = new VectorReader(count, size);
            for (int i = 0; i < columns.length; i++) {
                reader.read(formulas.get(i).result().type(), chunk.vector(i + 1L), columns[i]);
            }
            count += size;
        }
        return new Result(rows, count, columns);
    }

    private void readNumbers(DuckDBDataChunkReader chunk, int[] rows, int at, int size) {
        int last = at == 0 ? -1 : rows[at - 1];
        DuckDBReadableVector numbers = chunk.vector(0);
        for (int i = 0; i < size; i++) {
            int row = numbers.getInt(i);
            if (row <= last) {
                throw ProblemException.of(
                                ProblemCode.EXPRESSION_INVALID,
                                "expected one value for each row, got several",
                                "make rows out of lists in a sql step")
                        .at(place);
            }
            rows[at + i] = row;
            last = row;
        }
    }

    /// Sets the failing rows aside and gives the others.
    private int[] reject(Batch batch, Rejects rejects) {
        int[] suspects = suspects(batch);
        BitSet bad = new BitSet(batch.rows());
        halve(batch, suspects, 0, suspects.length, bad, rejects);
        return IntStream.range(0, batch.rows()).filter(row -> !bad.get(row)).toArray();
    }

    private void halve(Batch batch, int[] suspects, int from, int to, BitSet bad, Rejects rejects) {
        if (from == to) {
            return;
        }
        try {
            run(batch, suspects, from, to);
        } catch (SQLException e) {
            throwUnlessOfRow(e);
            if (to - from == 1) {
                bad.set(suspects[from]);
                rejects.reject(blame(batch, suspects[from], SqlError.of(e)));
                return;
            }
            int middle = (from + to) >>> 1;
            halve(batch, suspects, from, middle, bad, rejects);
            halve(batch, suspects, middle, to, bad, rejects);
        }
    }

    /// The rows for which some formula is null when its failure counts as null.
    private int[] suspects(Batch batch) {
        feed.offer(batch, numbers(batch.rows()), 0, batch.rows());
        int[] rows = new int[batch.rows()];
        int count = 0;
        try (DuckDBPreparedStatement tried = prepare(program.suspects(source));
                Chunks chunks = new Chunks(tried)) {
            DuckDBDataChunkReader chunk;
            while ((chunk = chunks.next()) != null) {
                int size = Math.toIntExact(chunk.rowCount());
                readNumbers(chunk, rows, count, size);
                count += size;
            }
        } catch (SQLException _) {
            // Some functions cannot be tried; then every row is a suspect.
            count = 0;
        }
        return count == 0
                ? Arrays.copyOf(numbers(batch.rows()), batch.rows())
                : Arrays.copyOf(rows, count);
    }

    /// Finds the column whose formula fails when it stands alone.
    private RejectedRow blame(Batch batch, int row, SqlError error) {
        for (int i = 0; i < formulas.size(); i++) {
            SqlError own = failure(batch, row, program.alone(source, i));
            if (own != null) {
                String column = formulas.get(i).field().name();
                return rejected(batch, row, own, column);
            }
        }
        return rejected(batch, row, error, "");
    }

    private RejectedRow rejected(Batch batch, int row, SqlError error, String column) {
        return new RejectedRow(
                error.rowProblem(column).at(place),
                column.isEmpty() ? null : column,
                RowJson.of(batch, row));
    }

    private @Nullable SqlError failure(Batch batch, int row, String sql) {
        feed.offer(batch, new int[] {row}, 0, 1);
        try (DuckDBPreparedStatement alone = prepare(sql);
                Chunks chunks = new Chunks(alone)) {
            DuckDBDataChunkReader chunk;
            do {
                chunk = chunks.next();
            } while (chunk != null);
            return null;
        } catch (SQLException e) {
            return SqlError.of(e);
        }
    }

    private void throwUnlessOfRow(SQLException e) {
        if (!SqlError.of(e).ofRow()) {
            throw SqlError.running("computing a batch", e).at(place);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw SqlError.running("closing the expressions", e).at(place);
        }
    }
}
