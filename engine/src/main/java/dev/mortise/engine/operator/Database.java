package dev.mortise.engine.operator;

import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBTableFunction;
import org.jspecify.annotations.Nullable;

/// One DuckDB in memory, opened by the first [#connect] and not before: loading it takes half a
/// second. Users write the SQL that runs in it, so it can reach no file, no network, no extension
/// and cannot change its own settings; only spilling to its folder is left.
///
/// Connections are not safe for two threads: everybody gets one of their own.
final class Database implements AutoCloseable {
    private final int threads;
    private final long memoryBytes;
    private final Path spill;
    private final AtomicLong functions = new AtomicLong();
    private @Nullable DuckDBConnection root;
    private boolean closed;

    Database(int threads, long memoryBytes, Path spill) {
        this.threads = threads;
        this.memoryBytes = memoryBytes;
        this.spill = spill;
    }

    synchronized DuckDBConnection connect() {
        if (closed) {
            throw new IllegalStateException("the run has ended, and its expressions with it");
        }
        try {
            if (root == null) {
                root = open();
            }
            return root.duplicate();
        } catch (SQLException e) {
            throw opening(e);
        }
    }

    private DuckDBConnection open() throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("threads", Integer.toString(threads));
        settings.setProperty("memory_limit", memoryBytes / 1024 + "KiB");
        settings.setProperty("temp_directory", spill.toString());
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
        DuckDBConnection connection =
                (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", settings);
        try (Statement statement = connection.createStatement()) {
            statement.execute("set global TimeZone = 'UTC'");
            statement.execute("set enable_external_access = false");
            statement.execute("set lock_configuration = true");
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    private static ProblemException opening(SQLException e) {
        return new ProblemException(
                SqlError.of(e)
                        .problem(
                                ProblemCode.IO_FAILED,
                                "opening the expression engine",
                                "it needs glibc and a folder to spill to; check both"),
                e);
    }

    /// Makes a table function known under a name nobody has yet; there is no way to unregister
    /// one, so it lives as long as the database.
    String register(Connection connection, DuckDBTableFunction<?, ?, ?> function)
            throws SQLException {
        String name = "mortise_feed_" + functions.incrementAndGet();
        try (var builder = DuckDBFunctions.tableFunction()) {
            builder.withName(name).withProjectionPushdown().withFunction(function);
            builder.register(connection);
        }
        return name;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (root == null) {
            return;
        }
        try {
            root.close();
        } catch (SQLException e) {
            throw opening(e);
        } finally {
            root = null;
        }
    }
}
