package dev.mortise.connectors.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/// Where connections to one database come from, and how that database speaks.
public interface JdbcPlace {
    JdbcDialect dialect();

    /// A connection in auto-commit.
    Connection connect() throws SQLException;

    /// A connection to write on, in auto-commit.
    default Connection writer() throws SQLException {
        return connect();
    }
}
