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
import java.util.Objects;
import java.util.Properties;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/// Opens sessions with the settings everything else here relies on: UTC, ISO dates, hex bytes,
/// exact floats, and a limit on every wait. The URL and the driver's properties are ours alone.
final class PostgresSessions implements AutoCloseable {
    /// Sessions that only read say so, for their transactions hold back no cursor.
    static final String READER = "mortise read";

    static final String WRITER = "mortise";

    private static final Driver DRIVER = DriverFolder.bundled("org.postgresql.Driver");

    /// Writers whose commits do not wait for the disk; [PostgresSink] says why that is safe.
    static final String LANE = "mortise write";

    /// Of each kind: what is used side by side by the lanes of a copy and by what prepares them.
    private static final int IDLE_MAX = 8;

    /// A session that rested longer is asked whether it still lives.
    private static final long REST_NANOS = 200_000_000;

    private static final int IDLE_CHECK_SECONDS = 5;
    private static final String TOO_MANY = "53300";

    private static final String WORKERS_HINT =
            "raise 'connections_max', or let fewer ranges run at once";

    private final Settings settings;
    private final Semaphore permits;
    private final Map<String, Queue<Idle>> idle =
            Map.of(
                    READER, new ConcurrentLinkedQueue<>(),
                    WRITER, new ConcurrentLinkedQueue<>(),
                    LANE, new ConcurrentLinkedQueue<>());
    private final Map<Connection, String> taken = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /// How many sessions were found dead. Those laid aside before the last of them are doubted, so
    /// that an outage costs one attempt and not one a session.
    private final AtomicInteger dead = new AtomicInteger();

    /// Every session that may still live.
    private final Set<Connection> all = ConcurrentHashMap.newKeySet();

    /// A session nobody uses.
    ///
    /// @param since when it was laid aside, by the clock of [System#nanoTime]
    /// @param dead how many had been found dead then
    private record Idle(Connection connection, long since, int dead) {}

    private boolean lives(Idle found) throws SQLException {
        boolean fresh =
                found.dead() == dead.get() && System.nanoTime() - found.since() < REST_NANOS;
        return fresh || found.connection().isValid(IDLE_CHECK_SECONDS);
    }

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
            Connection connection = open(name);
            taken.put(connection, name);
            return connection;
        } catch (SQLException | RuntimeException e) {
            permits.release();
            throw e;
        }
    }

    /// Takes a session from [#take] back, whatever state it is in.
    void giveBack(Connection connection) {
        String name = taken.remove(connection);
        if (name == null) {
            throw new IllegalStateException("given back twice, or never taken");
        }
        permits.release();
        layAside(name, connection);
    }

    static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException _) {
            // The server ends what a lost session leaves behind.
        }
    }

    /// A question to the server.
    @FunctionalInterface
    interface Asked<T> {
        T of(Connection connection) throws SQLException;
    }

    /// Asks in a session for reading, which is laid aside afterwards.
    <T> T ask(Asked<T> question) {
        try {
            Connection connection = open(READER);
            try {
                return question.of(connection);
            } finally {
                layAside(READER, connection);
            }
        } catch (SQLException e) {
            throw new PostgresProblems().exception(e);
        }
    }

    /// A session for a few short statements, not counted; one that was laid aside if it still
    /// lives. Logging in costs more than most of what is asked.
    Connection open(String name) throws SQLException {
        Queue<Idle> ready = resting(name);
        for (Idle found = ready.poll(); found != null; found = ready.poll()) {
            if (lives(found)) {
                return found.connection();
            }
            closeQuietly(found.connection());
        }
        try {
            return fresh(name);
        } catch (SQLException e) {
            if (TOO_MANY.equals(e.getSQLState()) && dismiss()) {
                return fresh(name);
            }
            throw e;
        }
    }

    private Queue<Idle> resting(String name) {
        return Objects.requireNonNull(idle.get(name));
    }

    /// Lays a session from [#open] aside for the next one; ends what it was in the middle of.
    void layAside(String name, Connection connection) {
        Queue<Idle> ready = resting(name);
        boolean clean = clean(connection);
        if (!clean) {
            dead.incrementAndGet();
        }
        if (!clean || closed || ready.size() >= IDLE_MAX) {
            closeQuietly(connection);
            return;
        }
        ready.add(new Idle(connection, System.nanoTime(), dead.get()));
        if (closed) {
            dismiss();
        }
    }

    /// The driver knows from every answer whether a transaction is open, so that a session that is
    /// clean already costs no question.
    private static boolean clean(Connection connection) {
        try {
            if (connection.isClosed()) {
                return false;
            }
            if (connection.unwrap(BaseConnection.class).getTransactionState()
                    != TransactionState.IDLE) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("rollback");
                }
            }
            connection.setAutoCommit(true);
            return true;
        } catch (SQLException _) {
            return false;
        }
    }

    /// Ends the sessions nobody uses.
    ///
    /// @return whether there was one
    private boolean dismiss() {
        boolean any = false;
        for (Queue<Idle> ready : idle.values()) {
            for (Idle found = ready.poll(); found != null; found = ready.poll()) {
                closeQuietly(found.connection());
                any = true;
            }
        }
        return any;
    }

    /// Cancels the statements under way.
    void stop() {
        for (Connection connection : all) {
            try {
                if (!connection.isClosed()) {
                    connection.unwrap(BaseConnection.class).cancelQuery();
                }
            } catch (SQLException _) {
                // A session that cannot be told is gone, or is told again.
            }
        }
    }

    private static boolean isClosed(Connection connection) {
        try {
            return connection.isClosed();
        } catch (SQLException _) {
            return true;
        }
    }

    @Override
    public void close() {
        closed = true;
        dismiss();
    }

    private Connection fresh(String name) throws SQLException {
        Connection connection = DRIVER.connect(url(), properties(name));
        if (connection == null) {
            throw new IllegalStateException("the driver does not know its own URL");
        }
        all.removeIf(PostgresSessions::isClosed);
        all.add(connection);
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "set timezone = 'UTC'; set datestyle = 'ISO, YMD'; set intervalstyle ="
                            + " 'postgres'; set bytea_output = 'hex'; set extra_float_digits = 3;"
                            + " set standard_conforming_strings = on; set xmloption = 'content';"
                            + " set idle_in_transaction_session_timeout = 0;"
                            + " set jit = off; set plan_cache_mode = force_generic_plan;"
                            + " set lock_timeout = "
                            + settings.duration("lock_timeout").toMillis()
                            + "; set statement_timeout = "
                            + settings.duration("statement_timeout").toMillis()
                            + (name.equals(LANE) ? "; set synchronous_commit = off" : ""));
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
        // Sessions are few and ask the same of table after table: planned once, not every time.
        properties.setProperty("prepareThreshold", "1");
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
