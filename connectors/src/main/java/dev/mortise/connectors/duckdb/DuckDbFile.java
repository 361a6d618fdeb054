package dev.mortise.connectors.duckdb;

import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.duckdb.DuckDBConnection;

/// One open database. DuckDB allows a file one instance, so all connectors of the process that
/// name the same path share it; a connection of it is used by one thread at a time.
///
/// Users' SQL never runs here, and still the instance can reach no other file than its own.
final class DuckDbFile implements AutoCloseable {
    private static final Map<Path, DuckDbFile> OPEN = new HashMap<>();

    private final Path path;
    private final DuckDBConnection root;
    private final ReentrantLock commits = new ReentrantLock();
    private final AtomicLong version = new AtomicLong();
    private int users;

    private DuckDbFile(Path path, DuckDBConnection root) {
        this.path = path;
        this.root = root;
    }

    /// @param threads 0 for as many as there are processors
    record Limits(String memory, int threads) {}

    /// Opens a file, or joins those who have it open.
    static DuckDbFile open(Path path, Limits limits) throws SQLException {
        synchronized (OPEN) {
            DuckDbFile file = OPEN.get(path);
            if (file == null) {
                file = new DuckDbFile(path, root(path, limits));
                OPEN.put(path, file);
            }
            file.users++;
            return file;
        }
    }

    private static DuckDBConnection root(Path path, Limits limits) throws SQLException {
        try {
            Files.createDirectories(path.getParent());
        } catch (IOException e) {
            throw new ProblemException(
                    dev.mortise.spi.problem.Problem.of(
                            ProblemCode.IO_FAILED,
                            "making the folder '" + path.getParent() + "': " + e.getMessage(),
                            "check the path and its rights"),
                    e);
        }
        Properties settings = new Properties();
        settings.setProperty("memory_limit", limits.memory());
        settings.setProperty("temp_directory", path + ".tmp");
        settings.setProperty("enable_external_access", "false");
        settings.setProperty("jdbc_stream_results", "true");
        if (limits.threads() > 0) {
            settings.setProperty("threads", Integer.toString(limits.threads()));
        }
        Connection connection = DriverManager.getConnection("jdbc:duckdb:" + path, settings);
        try (Statement statement = connection.createStatement()) {
            statement.execute("set global TimeZone = 'UTC'");
            statement.execute("set lock_configuration = true");
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection.unwrap(DuckDBConnection.class);
    }

    /// A new session.
    DuckDbSession session() throws SQLException {
        synchronized (root) {
            return new DuckDbSession(root.duplicate());
        }
    }

    /// Held while something is committed: DuckDB finds conflicts column by column, so that alone
    /// it would let a run commit after another has taken its task over.
    ReentrantLock commits() {
        return commits;
    }

    /// Grows with every commit of ours.
    long version() {
        return version.get();
    }

    void committed() {
        version.incrementAndGet();
    }

    @Override
    public void close() {
        synchronized (OPEN) {
            users--;
            if (users > 0) {
                return;
            }
            OPEN.remove(path);
            try (Statement statement = root.createStatement()) {
                statement.execute("checkpoint");
            } catch (SQLException _) {
                // What is committed stands in the write-ahead log, and is folded in next time.
            }
            try {
                root.close();
            } catch (SQLException e) {
                throw DuckDbProblems.INSTANCE.exception(e);
            }
        }
    }
}
