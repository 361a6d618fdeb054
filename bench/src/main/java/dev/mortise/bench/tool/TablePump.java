package dev.mortise.bench.tool;

import dev.mortise.testkit.live.LocalServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;
import org.postgresql.core.BaseConnection;

/// Makes tables and copies their rows by `COPY`, one after the other and each in one transaction,
/// over two sessions for all of them: the least that has to be done. By `psql` one process says
/// what the other reads, as `pg_dump` would; where there is none, a small Java program does both.
public final class TablePump {
    private TablePump() {}

    /// A table by its name and what stands behind it in `create table`.
    public record Table(String name, String columns) {}

    /// The programs, each reading what the one before it writes.
    ///
    /// @param folder where the script goes
    public static ProcessBuilder[] commands(
            Psql psql, Path folder, LocalServer server, String from, String to, List<Table> tables)
            throws IOException {
        Path script = folder.resolve("tables.sql");
        if (!psql.isPresent()) {
            Files.write(script, tables.stream().map(t -> t.name() + " " + t.columns()).toList());
            List<String> words = new ArrayList<>(Java.command());
            words.addAll(
                    List.of(
                            TablePump.class.getName(),
                            server.jdbcUrl(from),
                            server.jdbcUrl(to),
                            script.toString()));
            return new ProcessBuilder[] {Psql.withLogin(server, words)};
        }
        StringBuilder sql = new StringBuilder();
        tables.forEach(table -> sql.append(said(table)));
        Files.writeString(script, sql);
        return new ProcessBuilder[] {
            psql.script(server, from, script.toString()), psql.script(server, to, "-")
        };
    }

    private static String said(Table table) {
        return """
               \\qecho begin;
               \\qecho create table %1$s %2$s;
               \\qecho copy %1$s from stdin;
               copy %1$s to stdout;
               \\qecho '\\\\.'
               \\qecho commit;
               """
                .formatted(table.name(), table.columns());
    }

    public static void main(String[] arguments) throws Exception {
        String user = System.getenv("PGUSER");
        String password = System.getenv("PGPASSWORD");
        try (Connection from = DriverManager.getConnection(arguments[0], user, password);
                Connection to = DriverManager.getConnection(arguments[1], user, password)) {
            to.setAutoCommit(false);
            for (String line : Files.readAllLines(Path.of(arguments[2]))) {
                int blank = line.indexOf(' ');
                pump(from, to, new Table(line.substring(0, blank), line.substring(blank + 1)));
            }
        }
    }

    private static void pump(Connection from, Connection to, Table table) throws Exception {
        try (Statement statement = to.createStatement()) {
            statement.execute("create table " + table.name() + " " + table.columns());
        }
        CopyOut out = copies(from).copyOut("copy " + table.name() + " to stdout");
        CopyIn in = copies(to).copyIn("copy " + table.name() + " from stdin");
        for (byte[] row = out.readFromCopy(); row != null; row = out.readFromCopy()) {
            in.writeToCopy(row, 0, row.length);
        }
        in.endCopy();
        to.commit();
    }

    private static CopyManager copies(Connection connection) throws Exception {
        return new CopyManager(connection.unwrap(BaseConnection.class));
    }
}
