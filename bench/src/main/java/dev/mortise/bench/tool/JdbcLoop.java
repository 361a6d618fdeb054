package dev.mortise.bench.tool;

import dev.mortise.testkit.live.LocalServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A peer: the loop most programs have, a cursor on one side and batches of inserts on the other,
/// one object a value.
public final class JdbcLoop {
    private static final int FETCH = 10_000;
    private static final int BATCH = 1_000;

    private JdbcLoop() {}

    /// @param rewrite whether the driver may turn a batch into inserts of many rows
    public static ProcessBuilder command(
            LocalServer server, String from, String to, boolean rewrite) {
        List<String> words = new ArrayList<>(Java.command());
        words.add(JdbcLoop.class.getName());
        words.add(server.jdbcUrl(from));
        words.add(server.jdbcUrl(to) + (rewrite ? "?reWriteBatchedInserts=true" : ""));
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().put("PGUSER", server.user());
        builder.environment().put("PGPASSWORD", server.password());
        return builder;
    }

    public static void main(String[] arguments) throws SQLException {
        String user = System.getenv("PGUSER");
        String password = System.getenv("PGPASSWORD");
        try (Connection from = DriverManager.getConnection(arguments[0], user, password);
                Connection to = DriverManager.getConnection(arguments[1], user, password)) {
            from.setAutoCommit(false);
            to.setAutoCommit(false);
            copy(from, to);
            to.commit();
        }
    }

    private static void copy(Connection from, Connection to) throws SQLException {
        try (PreparedStatement select = from.prepareStatement("select * from orders")) {
            select.setFetchSize(FETCH);
            try (ResultSet rows = select.executeQuery()) {
                int columns = rows.getMetaData().getColumnCount();
                String marks = String.join(", ", Collections.nCopies(columns, "?"));
                try (PreparedStatement insert =
                        to.prepareStatement("insert into copied values (" + marks + ")")) {
                    insert(rows, columns, insert);
                }
            }
        }
    }

    private static void insert(ResultSet rows, int columns, PreparedStatement insert)
            throws SQLException {
        int waiting = 0;
        while (rows.next()) {
            for (int i = 1; i <= columns; i++) {
                insert.setObject(i, rows.getObject(i));
            }
            insert.addBatch();
            if (++waiting == BATCH) {
                insert.executeBatch();
                waiting = 0;
            }
        }
        if (waiting > 0) {
            insert.executeBatch();
        }
    }
}
