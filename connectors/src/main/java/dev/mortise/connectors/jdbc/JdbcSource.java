package dev.mortise.connectors.jdbc;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.batch.RowJson;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.RejectedRow;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.connect.RowFilter;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.problem.Fault;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Schema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads rows one by one through JDBC. Slow beside a connector with a bulk path: the row objects of
/// a driver cost some 10 to 40 microseconds each.
final class JdbcSource implements Source {
    private static final int FETCH_ROWS = 2_000;

    private final JdbcDialect dialect;
    private final Connection connection;
    private final Query query;
    private final List<JdbcCells> cells;
    private final Rejects rejects;
    private final PreparedStatement statement;
    private @Nullable ResultSet rows;
    private @Nullable String last;
    private boolean ended;

    /// @param read columns that are asked for: the wanted ones, and others the filter needs
    /// @param filter what the database could not decide
    /// @param ordered the column by which rows come, if they come in order
    /// @param rowsMax how many rows will be looked at
    record Query(
            Schema wanted,
            Schema read,
            String tail,
            Optional<RowFilter> filter,
            Optional<Field> ordered,
            Range range,
            long rowsMax) {
        String sql(JdbcDialect dialect) {
            return read.fields().stream()
                            .map(field -> dialect.quote(field.name()))
                            .collect(Collectors.joining(", ", "select ", ""))
                    + tail;
        }
    }

    /// @param connection of the source's own, in a transaction; closed with the source
    JdbcSource(JdbcDialect dialect, Connection connection, Query query, Rejects rejects)
            throws SQLException {
        this.dialect = dialect;
        this.connection = connection;
        this.query = query;
        this.rejects = rejects;
        this.cells = query.read().fields().stream().map(dialect::cells).toList();
        this.statement = connection.prepareStatement(query.sql(dialect));
        statement.setFetchSize((int) Math.min(FETCH_ROWS, query.rowsMax()));
        if (query.rowsMax() <= Integer.MAX_VALUE && query.filter().isEmpty()) {
            statement.setMaxRows((int) query.rowsMax());
        }
    }

    @Override
    public @Nullable Batch next() {
        try {
            while (!ended) {
                Batch batch = read();
                if (batch.rows() > 0) {
                    return project(batch);
                }
            }
            return null;
        } catch (SQLException e) {
            throw dialect.problems().exception(e);
        }
    }

    private Batch read() throws SQLException {
        Column[] columns = Batch.columns(query.read(), Batch.ROWS_MAX);
        List<Integer> good = new ArrayList<>();
        int count = 0;
        long bytes = 0;
        Batch open = new Batch(query.read(), columns, Batch.ROWS_MAX);
        ResultSet answer = rows == null ? statement.executeQuery() : rows;
        rows = answer;
        while (count < Batch.ROWS_MAX && bytes < Batch.BYTES_MAX) {
            if (!answer.next()) {
                ended = true;
                break;
            }
            if (row(answer, columns, count, open)) {
                good.add(count);
            }
            count++;
            bytes = (count & 255) == 0 ? bytes(columns, count) : bytes;
        }
        if (count > 0) {
            int at = count - 1;
            query.ordered().ifPresent(field -> last = key(field, columns, at));
        }
        Batch batch = new Batch(query.read(), columns, count);
        if (good.size() < count) {
            batch = batch.select(good.stream().mapToInt(i -> i).toArray(), good.size());
        }
        Batch all = batch;
        return query.filter().map(filter -> filter.apply(all)).orElse(all);
    }

    private static long bytes(Column[] columns, int count) {
        long bytes = 0;
        for (Column column : columns) {
            bytes += column.bytes(count);
        }
        return bytes;
    }

    private @Nullable String key(Field field, Column[] columns, int row) {
        int place = query.read().indexOf(field.name());
        return columns[place].isNull(row) ? null : Cell.text(field.type(), columns[place], row);
    }

    /// @return false when a value did not fit, and the row was rejected
    private boolean row(ResultSet answer, Column[] columns, int row, Batch open)
            throws SQLException {
        Problem bad = null;
        String column = null;
        for (int i = 0; i < columns.length; i++) {
            try {
                if (!cells.get(i).reader().read(answer, i + 1, columns[i], row)) {
                    columns[i].setNull(row);
                }
            } catch (ProblemException e) {
                if (e.problem().fault() != Fault.ROW) {
                    throw e;
                }
                columns[i].setNull(row);
                bad = e.problem();
                column = query.read().field(i).name();
            }
        }
        if (bad != null) {
            rejects.reject(new RejectedRow(bad, column, RowJson.of(open, row)));
        }
        return bad == null;
    }

    private Batch project(Batch batch) {
        if (query.wanted().size() == query.read().size()) {
            return batch;
        }
        Column[] columns = new Column[query.wanted().size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = batch.column(i);
        }
        return new Batch(query.wanted(), columns, batch.rows());
    }

    @Override
    public @Nullable Range rest() {
        if (query.ordered().isEmpty() || !query.range().bounds().startsWith("key ")) {
            return null;
        }
        return last == null ? query.range() : JdbcRanges.after(query.range(), last);
    }

    @Override
    public void cancel() {
        try {
            statement.cancel();
        } catch (SQLException _) {
            // Not every driver can.
        }
    }

    @Override
    public void close() {
        ended = true;
        // Closing the connection first would make some drivers read all rows to the end.
        cancel();
        Sessions.close(connection);
    }
}
