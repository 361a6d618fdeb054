package dev.mortise.connectors.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/// Small things that are done with connections.
final class Sessions {
    private Sessions() {}

    /// A connection in a transaction that sees one moment, as far as the database can.
    static Connection reading(JdbcPlace place) throws SQLException {
        Connection connection = place.connect();
        try {
            isolate(connection, place.dialect().isolation());
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            close(connection);
            throw e;
        }
    }

    private static void isolate(Connection connection, int level) throws SQLException {
        try {
            connection.setTransactionIsolation(level);
        } catch (SQLException _) {
            // As with SNAPSHOT in a database that has it switched off: the default then holds.
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        }
    }

    static Connection writing(JdbcPlace place) throws SQLException {
        return place.writer();
    }

    /// Opens a transaction unless one is open.
    static void begin(Connection connection) throws SQLException {
        if (connection.getAutoCommit()) {
            connection.setAutoCommit(false);
        }
    }

    static void commit(JdbcDialect dialect, Connection connection) throws SQLException {
        if (dialect.oneWriter()) {
            // Ends the transaction without the driver beginning the next at once.
            connection.setAutoCommit(true);
        } else {
            connection.commit();
        }
    }

    /// Drops what was not committed. Never fails.
    static void rollback(JdbcDialect dialect, Connection connection) {
        rollback(connection);
        if (dialect.oneWriter()) {
            try {
                connection.setAutoCommit(true);
            } catch (SQLException _) {
                // The connection is gone, and its lock with it.
            }
        }
    }

    static int execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.execute(sql) ? 0 : statement.getUpdateCount();
        }
    }

    private static void rollback(Connection connection) {
        try {
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
        } catch (SQLException _) {
            // The connection is gone, and its transaction with it.
        }
    }

    static void close(Connection connection) {
        rollback(connection);
        try {
            connection.close();
        } catch (SQLException _) {
            // Nothing is left to save.
        }
    }
}
