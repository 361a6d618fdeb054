package dev.mortise.connectors.duckdb;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/// A connection whose transactions are begun and ended by SQL alone. The driver's own notion is
/// not relied on: after a failed commit it believes itself in a transaction, while DuckDB by then
/// commits each statement.
final class DuckDbSession implements AutoCloseable {
    private final DuckDBConnection connection;
    private boolean open;

    DuckDbSession(DuckDBConnection connection) throws SQLException {
        this.connection = connection;
        // Otherwise the driver wraps batches into transactions. This begins one, too.
        connection.setAutoCommit(false);
        execute("rollback");
    }

    DuckDBConnection connection() {
        return connection;
    }

    /// Starts a transaction unless one is open.
    void begin() throws SQLException {
        if (!open) {
            execute("begin transaction");
            open = true;
        }
    }

    void commit() throws SQLException {
        // A commit that fails has rolled back.
        open = false;
        execute("commit");
    }

    void rollback() {
        if (!open) {
            return;
        }
        open = false;
        try {
            execute("rollback");
        } catch (SQLException _) {
            // An error that ended the transaction has rolled it back already.
        }
    }

    /// @return how many rows were touched
    long execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.execute(sql) ? -1 : statement.getLargeUpdateCount();
        }
    }

    /// What to make of a row.
    @FunctionalInterface
    interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    <T> List<T> query(String sql, Row<T> each) throws SQLException {
        List<T> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(each.of(rows));
            }
        }
        return found;
    }

    /// The first row, or null where there is none.
    <T> @Nullable T one(String sql, Row<T> each) throws SQLException {
        List<T> found = query(sql, each);
        return found.isEmpty() ? null : found.getFirst();
    }

    @Override
    public void close() {
        rollback();
        try {
            connection.close();
        } catch (SQLException e) {
            throw DuckDbProblems.INSTANCE.exception(e);
        }
    }
}
