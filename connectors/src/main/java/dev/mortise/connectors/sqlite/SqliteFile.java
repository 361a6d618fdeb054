package dev.mortise.connectors.sqlite;

import dev.mortise.connectors.jdbc.JdbcDialect;
import dev.mortise.connectors.jdbc.JdbcPlace;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.sqlite.JDBC;

/// A file in WAL mode: readers never wait, writers wait for each other, and what was committed
/// survives a power cut.
final class SqliteFile implements JdbcPlace {
    private final Path path;
    private final Duration wait;

    /// @param wait how long a writer waits for the one before it
    SqliteFile(Path path, Duration wait) {
        this.path = path;
        this.wait = wait;
    }

    @Override
    public JdbcDialect dialect() {
        return SqliteDialect.INSTANCE;
    }

    @Override
    public Connection connect() throws SQLException {
        return connect("DEFERRED");
    }

    /// A transaction that writes must take the lock at once: one that reads first and then finds
    /// another has written in between cannot go on.
    @Override
    public Connection writer() throws SQLException {
        return connect("IMMEDIATE");
    }

    private Connection connect(String mode) throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("journal_mode", "WAL");
        settings.setProperty("synchronous", "FULL");
        settings.setProperty("foreign_keys", "true");
        settings.setProperty("busy_timeout", Long.toString(wait.toMillis()));
        settings.setProperty("transaction_mode", mode);
        // Not through DriverManager, which would load the drivers of all systems.
        return JDBC.createConnection("jdbc:sqlite:" + path, settings);
    }
}
