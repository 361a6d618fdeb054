package dev.mortise.connectors.postgres;

import dev.mortise.connectors.jdbc.DriverFolder;
import dev.mortise.spi.option.Settings;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Opens sessions with the settings everything else here relies on: UTC, ISO dates, hex bytes,
/// exact floats, and a limit on every wait. The URL and the driver's properties are ours alone.
final class PostgresSessions implements AutoCloseable {
    /// Sessions that only read say so, for their transactions hold back no cursor.
    static final String READER = "mortise read";

    static final String WRITER = "mortise";

    private static final Driver DRIVER = DriverFolder.bundled("org.postgresql.Driver");

    private static final int IDLE_MAX = 4;
    private static final int IDLE_CHECK_SECONDS = 5;

    private static final String WORKERS_HINT =
            "raise 'connections_max', or let fewer ranges run at once";

    private final Settings settings;
    private final Semaphore permits;
    private final Map<String, Queue<Connection>> idle =
            Map.of(READER, new ConcurrentLinkedQueue<>(), WRITER, new ConcurrentLinkedQueue<>());
    private volatile boolean closed;

    PostgresSessions(Settings settings) {
        this.settings = settings;
        this.permits = new Semaphore(settings.integer("connections_max"), true);
    }

    Settings settings() {
        return settings;
    }

    /// A session for rows, counted against `connections_max`. Give it back by [#giveBack].
    Connection take(String name) throws SQLException {
        try {
            if (!permits.tryAcquire(1, TimeUnit.MINUTES)) {
                throw ProblemException.of(
                        ProblemCode.LIMIT_EXCEEDED,
                        "all %d connections of connection '%s' are in use"
                                .formatted(
                                        settings.integer("connections_max"), settings.connection()),
                        WORKERS_HINT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ProblemException.of(ProblemCode.CANCELLED, "waiting for a connection ended", "");
        }
        try {
            return fresh(name);
        } catch (SQLException | RuntimeException e) {
            permits.release();
            throw e;
        }
    }

    void giveBack(Connection connection) {
        permits.release();
        closeQuietly(connection);
    }

    static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException _) {
            // The server ends what a lost session leaves behind.
        }
    }

    /// A session for a few short statements, not counted; one that was laid aside if it still
    /// lives. Logging in costs more than most of what is asked.
    Connection open(String name) throws SQLException {
        Queue<Connection> ready = idle.getOrDefault(name, new ConcurrentLinkedQueue<>());
        for (Connection found = ready.poll(); found != null; found = ready.poll()) {
            if (found.isValid(IDLE_CHECK_SECONDS)) {
                return found;
            }
            closeQuietly(found);
        }
        return fresh(name);
    }

    /// Lays a session from [#open] aside that was used without mishap.
    void layAside(String name, Connection connection) {
        Queue<Connection> ready = idle.getOrDefault(name, new ConcurrentLinkedQueue<>());
        try (Statement statement = connection.createStatement()) {
            if (!connection.getAutoCommit()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
            statement.execute("rollback");
            if (!closed && ready.size() < IDLE_MAX) {
                ready.add(connection);
                return;
            }
        } catch (SQLException _) {
            // A session that cannot be cleaned is not kept.
        }
        closeQuietly(connection);
    }

    @Override
    public void close() {
        closed = true;
        for (Queue<Connection> ready : idle.values()) {
            for (Connection found = ready.poll(); found != null; found = ready.poll()) {
                closeQuietly(found);
            }
        }
    }

    private Connection fresh(String name) throws SQLException {
        Connection connection = DRIVER.connect(url(), properties(name));
        if (connection == null) {
            throw new IllegalStateException("the driver does not know its own URL");
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "set timezone = 'UTC'; set datestyle = 'ISO, YMD'; set intervalstyle ="
                            + " 'postgres'; set bytea_output = 'hex'; set extra_float_digits = 3;"
                            + " set standard_conforming_strings = on; set xmloption = 'content';"
                            + " set idle_in_transaction_session_timeout = 0;"
                            + " set jit = off; set lock_timeout = "
                            + settings.duration("lock_timeout").toMillis()
                            + "; set statement_timeout = "
                            + settings.duration("statement_timeout").toMillis());
            return connection;
        } catch (SQLException | RuntimeException e) {
            closeQuietly(connection);
            throw e;
        }
    }

    private String url() {
        return "jdbc:postgresql://%s:%s/".formatted(hostText(), settings.text("port"));
    }

    /// The host cannot smuggle properties into the URL: what is not a host's letter ends it.
    private String hostText() {
        String host = settings.text("host");
        if (!host.matches("[\\p{Alnum}._:\\-]+")) {
            throw ProblemException.of(
                    ProblemCode.HOST_UNKNOWN,
                    "expected a host name or address, got '" + host + "'",
                    "check 'host' of the connection");
        }
        return host.contains(":") ? "[" + host + "]" : host;
    }

    private Properties properties(String name) {
        Properties properties = new Properties();
        properties.setProperty("PGDBNAME", settings.text("database"));
        properties.setProperty("user", settings.text("user"));
        properties.setProperty("password", settings.secret("password").reveal());
        properties.setProperty("ApplicationName", name);
        properties.setProperty("connectTimeout", seconds("connect_timeout"));
        properties.setProperty("loginTimeout", seconds("connect_timeout"));
        properties.setProperty("socketTimeout", seconds("socket_timeout"));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("sslmode", settings.text("tls"));
        properties.setProperty("gssEncMode", "disable");
        properties.setProperty("socketFactory", WideSockets.class.getName());
        properties.setProperty("assumeMinServerVersion", "12");
        settings.find("schema").ifPresent(s -> properties.setProperty("currentSchema", path(s)));
        if (settings.text("tls").equals("verify-full")) {
            settings.find("tls_ca")
                    .map(path -> settings.folder().resolve(path).toString())
                    .ifPresentOrElse(
                            path -> properties.setProperty("sslrootcert", path),
                            () ->
                                    properties.setProperty(
                                            "sslfactory",
                                            "org.postgresql.ssl.DefaultJavaSSLFactory"));
        }
        return properties;
    }

    private static String path(String schema) {
        return Sql.name(schema);
    }

    private String seconds(String option) {
        return Long.toString(Math.max(1, settings.duration(option).toSeconds()));
    }
}
