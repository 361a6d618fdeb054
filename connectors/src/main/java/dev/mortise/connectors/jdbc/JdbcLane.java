package dev.mortise.connectors.jdbc;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.batch.RowJson;
import dev.mortise.spi.connect.Lane;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.RejectedRow;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Field;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes batches as batched inserts or merges on one connection.
final class JdbcLane implements Lane {
    private static final int ROWS_A_TRIP = 1_000;

    private final JdbcDialect dialect;
    private final Connection connection;
    private final Order order;
    private final List<JdbcCells> cells = new ArrayList<>();
    private final Bisection bisection;
    private @Nullable PreparedStatement statement;
    private long written;

    /// @param sql inserts or replaces a row, with a parameter a column
    /// @param required columns that may not be null, however the table itself thinks about it
    /// @param ledger records progress in the open transaction
    record Order(String sql, List<Field> columns, Set<String> required, Progress ledger) {}

    @FunctionalInterface
    interface Progress {
        boolean advance(
                Connection connection, Range range, @Nullable Range rest, Ledger.Counts counts)
                throws SQLException;
    }

    JdbcLane(JdbcDialect dialect, Connection connection, Order order) {
        this.dialect = dialect;
        this.connection = connection;
        this.order = order;
        order.columns().forEach(field -> cells.add(dialect.cells(field)));
        this.bisection = new Bisection(connection, dialect.problems());
    }

    @Override
    public int write(Batch arriving, Rejects rejects) {
        Batch batch = withoutNulls(arriving, rejects);
        if (batch.rows() == 0) {
            return 0;
        }
        try {
            Sessions.begin(connection);
            int accepted = bisection.write(batch, this::send, rejects);
            written += accepted;
            return accepted;
        } catch (SQLException e) {
            throw dialect.problems().exception(e);
        }
    }

    private Batch withoutNulls(Batch batch, Rejects rejects) {
        List<Integer> good = new ArrayList<>();
        for (int row = 0; row < batch.rows(); row++) {
            String column = nullIn(batch, row);
            if (column == null) {
                good.add(row);
            } else {
                Problem problem =
                        Problem.of(
                                ProblemCode.CONSTRAINT_BROKEN,
                                "column '" + column + "' may not be null",
                                "give it a value in a map step, or let the column be null");
                rejects.reject(new RejectedRow(problem, column, RowJson.of(batch, row)));
            }
        }
        return good.size() == batch.rows()
                ? batch
                : batch.select(good.stream().mapToInt(i -> i).toArray(), good.size());
    }

    private @Nullable String nullIn(Batch batch, int row) {
        for (String name : order.required()) {
            Column column = batch.column(batch.schema().indexOf(name));
            if (column.hasNulls() && column.isNull(row)) {
                return name;
            }
        }
        return null;
    }

    private PreparedStatement statement() throws SQLException {
        PreparedStatement open = statement;
        if (open == null) {
            open = connection.prepareStatement(order.sql());
            statement = open;
        }
        return open;
    }

    private void send(Batch batch) throws SQLException {
        PreparedStatement to = statement();
        try {
            for (int row = 0; row < batch.rows(); row++) {
                for (int i = 0; i < cells.size(); i++) {
                    put(to, batch, i, row);
                }
                to.addBatch();
                if (row % ROWS_A_TRIP == ROWS_A_TRIP - 1) {
                    to.executeBatch();
                }
            }
            to.executeBatch();
        } catch (SQLException e) {
            to.clearBatch();
            throw first(e);
        }
    }

    private void put(PreparedStatement to, Batch batch, int column, int row) throws SQLException {
        if (batch.column(column).isNull(row)) {
            to.setNull(column + 1, cells.get(column).sqlType());
        } else {
            cells.get(column).writer().write(to, column + 1, batch.column(column), row);
        }
    }

    /// Some drivers put the database's own words behind an exception about the batch.
    private static SQLException first(SQLException error) {
        SQLException next = error.getNextException();
        return next != null && error instanceof java.sql.BatchUpdateException ? next : error;
    }

    @Override
    public void commit(Range range, @Nullable Range rest, long rowsRejected) {
        try {
            Sessions.begin(connection);
            Ledger.Counts counts = new Ledger.Counts(written, rowsRejected);
            if (order.ledger().advance(connection, range, rest, counts)) {
                Sessions.commit(dialect, connection);
            } else {
                Sessions.rollback(dialect, connection);
            }
            written = 0;
        } catch (SQLException e) {
            abort();
            throw dialect.problems().exception(e);
        } catch (ProblemException e) {
            abort();
            throw e;
        }
    }

    @Override
    public void abort() {
        written = 0;
        Sessions.rollback(dialect, connection);
    }

    @Override
    public void close() {
        abort();
        Sessions.close(connection);
    }
}
