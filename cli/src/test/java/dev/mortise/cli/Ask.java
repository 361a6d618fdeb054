package dev.mortise.cli;

import dev.mortise.testkit.live.LocalServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// Questions a test asks a server, without any help of ours.
final class Ask {
    private Ask() {}

    /// The first cell of the answer as text; `null` when it is null or there is no row.
    static String one(LocalServer server, String database, String sql) throws SQLException {
        try (Connection connection = server.connect(database)) {
            return one(connection, sql);
        }
    }

    static String one(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? String.valueOf(row.getString(1)) : "null";
        }
    }

    static long number(LocalServer server, String database, String sql) throws SQLException {
        return Long.parseLong(one(server, database, sql));
    }

    /// Rows and a hash of all cells that does not depend on their order, and in which a row that
    /// is there twice counts twice.
    static String content(LocalServer server, String database, String table, String columns)
            throws SQLException {
        return one(
                server,
                database,
                "select count(*) || ' rows, ' || coalesce(sum(hashtextextended(row(%s)::text, 7)"
                                .formatted(columns)
                        + "::numeric), 0) from "
                        + table);
    }
}
