package dev.mortise.bench.tool;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Locale;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;

/// Stands in for `psql` where there is none: pumps bytes between a `COPY` and the standard streams.
final class CopyPump {
    private static final int BUFFER = 1 << 16;

    private CopyPump() {}

    public static void main(String[] arguments) throws Exception {
        String sql = arguments[1].strip();
        String user = System.getenv("PGUSER");
        String password = System.getenv("PGPASSWORD");
        try (Connection connection = DriverManager.getConnection(arguments[0], user, password);
                InputStream in = new FileInputStream(FileDescriptor.in);
                OutputStream out = new FileOutputStream(FileDescriptor.out)) {
            pump(connection, sql, in, out);
        }
    }

    private static void pump(Connection connection, String sql, InputStream in, OutputStream out)
            throws Exception {
        CopyManager copy = new CopyManager(connection.unwrap(BaseConnection.class));
        String lower = sql.toLowerCase(Locale.ROOT);
        if (lower.contains("from stdin")) {
            copy.copyIn(sql, in, BUFFER);
        } else if (lower.contains("to stdout")) {
            copy.copyOut(sql, out);
        } else {
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery(sql)) {
                rows.next();
                out.write((rows.getString(1) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
    }
}
