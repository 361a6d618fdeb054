package dev.mortise.testkit.live;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A real database server of our own on 127.0.0.1. Root or not, it runs unprivileged, and closing
/// it (or the end of this JVM, however sudden) leaves neither process nor temporary folder behind.
public abstract sealed class LocalServer implements AutoCloseable
        permits LocalPostgres, LocalMySqlFamily {
    static final String USER = "mortise";

    private static final Duration READY = Duration.ofSeconds(90);
    private static final int PORT_ATTEMPTS = 5;

    final Account account = Account.current();
    final LocalOptions options;
    final ServerFolder folder;

    private final Thread hook = new Thread(this::end, "stop-local-server");
    private final AtomicInteger databases = new AtomicInteger();
    private volatile int port;
    private volatile @Nullable ServerProcess process;
    private boolean closed;

    LocalServer(String kind, LocalOptions options) {
        this.options = options;
        this.folder = ServerFolder.open(kind, options, account);
    }

    abstract void initialise() throws IOException;

    abstract List<String> command(int port) throws IOException;

    /// The signal after which the server stops in good order without waiting for its clients.
    abstract Signal orderly();

    /// The quickest signal after which nothing of the server stays behind in the system.
    abstract Signal abrupt();

    /// The database that is always there.
    public abstract String database();

    public abstract String jdbcUrl(String database);

    public String host() {
        return "127.0.0.1";
    }

    public int port() {
        return port;
    }

    public String user() {
        return USER;
    }

    public String password() {
        return folder.password();
    }

    /// The text of a connection to a database of it, as a project has it.
    public String connection(String name, String database) {
        String type =
                switch (this) {
                    case LocalPostgres _ -> "postgres";
                    case LocalMySqlFamily _ -> "mysql";
                };
        return """
        connection: %s
        type: %s
        host: %s
        port: %d
        database: %s
        user: %s
        password: "%s"
        """
                .formatted(name, type, host(), port(), database, user(), password());
    }

    public Connection connect() throws SQLException {
        return connect(database());
    }

    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database), user(), password());
    }

    /// Runs statements in the default database, each in its own transaction.
    public void execute(String... statements) throws SQLException {
        executeIn(database(), statements);
    }

    public void executeIn(String database, String... statements) throws SQLException {
        try (var connection = connect(database);
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }

    public void createDatabase(String name) throws SQLException {
        execute("create database " + name);
    }

    public void dropDatabase(String name) throws SQLException {
        execute("drop database if exists " + name);
    }

    /// Creates a database nobody else uses and returns its name, which begins with `prefix`.
    public String freshDatabase(String prefix) throws SQLException {
        var name = prefix + "_" + databases.incrementAndGet();
        createDatabase(name);
        return name;
    }

    /// The server's processes at this moment, for the accounting of processor time.
    public List<Long> pids() {
        var running = process;
        return running == null ? List.of() : running.pids();
    }

    /// The end of the server's log.
    public String logTail() {
        return ServerFolder.tail(folder.log());
    }

    /// Kills every process of the server at once, as a crash would.
    public synchronized void kill9() {
        endProcess(Signal.KILL);
    }

    /// Stops in good order; data and port are kept for the next `restart`.
    public synchronized void stop() {
        endProcess(orderly());
    }

    /// Stops the server if it runs and starts it again on the same data and port.
    public synchronized void restart() {
        if (closed) throw new LocalServerException("the server is closed: start another one");
        endProcess(orderly());
        launch();
    }

    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // the JVM is on its way down and runs the hook itself
        }
    }

    /// What a subclass's factory calls once: creates the data if there is none, and starts.
    static <S extends LocalServer> S started(S server) {
        LocalServer opened = server;
        Runtime.getRuntime().addShutdownHook(opened.hook);
        try {
            opened.begin();
            return server;
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private synchronized void begin() {
        try {
            initialise();
        } catch (IOException e) {
            throw new LocalServerException("cannot create the data of the server", e);
        }
        for (var attempt = 1; ; attempt++) {
            port = Ports.free();
            try {
                launch();
                return;
            } catch (LocalServerException e) {
                var taken = e.getMessage() != null && e.getMessage().contains("in use");
                if (!taken || attempt == PORT_ATTEMPTS) throw e;
            }
        }
    }

    private void launch() {
        try {
            var started = ServerProcess.start(command(port), folder, account, abrupt());
            process = started;
            awaitReady(started);
        } catch (IOException e) {
            throw new LocalServerException("cannot start the server", e);
        }
    }

    private void awaitReady(ServerProcess started) {
        var deadline = System.nanoTime() + READY.toNanos();
        while (true) {
            try (var _ = connect()) {
                return;
            } catch (SQLException e) {
                if (started.alive() && System.nanoTime() < deadline) {
                    Pause.shortly();
                    continue;
                }
                endProcess(abrupt());
                throw new LocalServerException("the server did not start:\n" + logTail(), e);
            }
        }
    }

    private synchronized void end() {
        if (closed) return;
        closed = true;
        endProcess(folder.temporary() ? abrupt() : orderly());
        folder.deleteIfTemporary();
    }

    private void endProcess(Signal signal) {
        var running = process;
        process = null;
        if (running != null) running.end(signal);
    }
}
