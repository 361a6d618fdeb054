package dev.mortise.connectors.mysql;

import dev.mortise.spi.option.Settings;
import dev.mortise.spi.problem.ProblemException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.Driver;

/// Opens sessions that all behave alike, whatever the server's defaults. The driver is handed its
/// settings as values, never as a URL, and only those set here.
final class Sessions {
    /// A server without TLS says so with this state; every other TLS error is one.
    private static final String NO_TLS = "08000";

    private static final int SLOW_READER_SECONDS = 86_400;

    private final Settings settings;

    /// Every session that may still live.
    private final Set<org.mariadb.jdbc.Connection> all = ConcurrentHashMap.newKeySet();

    private final MySqlProblems problems = new MySqlProblems();
    private volatile @Nullable Server server;
    private volatile boolean tlsMissing;

    /// What a session is for.
    enum Purpose {
        READ,
        WRITE
    }

    /// What the server is.
    record Server(boolean mariaDb, String version, boolean localInfile, long packetMax) {}

    Sessions(Settings settings) {
        this.settings = settings;
    }

    String database() {
        return settings.text("database");
    }

    int connectionsMax() {
        return settings.integer("connections_max");
    }

    boolean loadData() {
        return settings.text("load_data").equals(MySqlFactory.AUTO) && server().localInfile();
    }

    boolean mariaDb() {
        return server().mariaDb();
    }

    String place() {
        return "connection '" + settings.connection() + "'";
    }

    MySqlProblems problems() {
        return problems;
    }

    ProblemException problem(SQLException error, String place) {
        return problems.exception(error).at(place);
    }

    Server server() {
        Server known = server;
        if (known != null) {
            return known;
        }
        try (Connection connection = open(Purpose.READ)) {
            return server(connection);
        } catch (SQLException e) {
            throw problem(e, place());
        }
    }

    private Server server(Connection connection) throws SQLException {
        Server known = server;
        if (known != null) {
            return known;
        }
        String sql = "select version(), @@version_comment, @@local_infile, @@max_allowed_packet";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            String version = row.getString(1);
            known =
                    new Server(
                            version.contains("MariaDB") || row.getString(2).contains("maria"),
                            version,
                            row.getBoolean(3),
                            row.getLong(4));
            server = known;
            return known;
        }
    }

    /// A session with auto-commit off.
    Connection open(Purpose purpose) throws SQLException {
        Connection connection = connect(purpose, settings.text("database"));
        try {
            prepare(connection, purpose);
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /// Logs in, without settings of the session.
    Connection connect(Purpose purpose, @Nullable String database) throws SQLException {
        String tls = settings.text("tls");
        if (!tls.equals(MySqlFactory.PREFER)) {
            return connect(purpose, database, tls);
        }
        if (tlsMissing || loopback()) {
            return connect(purpose, database, MySqlFactory.DISABLE);
        }
        try {
            return connect(purpose, database, MySqlFactory.REQUIRE);
        } catch (SQLException e) {
            if (!NO_TLS.equals(e.getSQLState())
                    || !String.valueOf(e.getMessage()).contains("ssl")) {
                throw e;
            }
            tlsMissing = true;
            return connect(purpose, database, MySqlFactory.DISABLE);
        }
    }

    private Connection connect(Purpose purpose, @Nullable String database, String tls)
            throws SQLException {
        Configuration.Builder builder =
                server(settings.text("host"), settings.integer("port"))
                        .user(settings.text("user"))
                        .password(settings.secret("password").reveal())
                        .sslMode(sslMode(tls))
                        .connectTimeout((int) settings.duration("connect_timeout").toMillis())
                        .socketTimeout((int) settings.duration("read_timeout").toMillis())
                        .tcpKeepAlive(true)
                        .autocommit(true)
                        .useServerPrepStmts(purpose == Purpose.READ)
                        .cachePrepStmts(false)
                        // Files are never sent: a statement that loads brings its own stream.
                        .allowLocalInfile(purpose == Purpose.WRITE)
                        // Unencrypted, the server's key could be anybody's, except in this machine.
                        .allowPublicKeyRetrieval(loopback());
        if (database != null) {
            builder.database(database);
        }
        settings.find("tls_ca")
                .ifPresent(f -> builder.serverSslCert(settings.folder().resolve(f).toString()));
        org.mariadb.jdbc.Connection connection = Driver.connect(builder.build());
        all.removeIf(Sessions::isClosed);
        all.add(connection);
        return connection;
    }

    /// Cancels the statements under way.
    void stop() {
        for (org.mariadb.jdbc.Connection connection : all) {
            try {
                if (!isClosed(connection)) {
                    connection.cancelCurrentQuery();
                }
            } catch (SQLException _) {
                // A session that cannot be told is gone, or is told again.
            }
        }
    }

    private static boolean isClosed(org.mariadb.jdbc.Connection connection) {
        return connection.isClosed();
    }

    /// The URL holds only the address, whose form was checked. A builder made without one lacks
    /// what the driver expects of every configuration.
    private static Configuration.Builder server(String host, int port) throws SQLException {
        Configuration address =
                Configuration.parse("jdbc:mariadb://" + host + ":" + port + "/", new Properties());
        if (address == null) {
            throw new SQLException("no address: '" + host + ":" + port + "'");
        }
        return address.toBuilder();
    }

    private static String sslMode(String tls) {
        return switch (tls) {
            case MySqlFactory.REQUIRE -> "trust";
            case MySqlFactory.VERIFY -> "verify-full";
            default -> "disable";
        };
    }

    private boolean loopback() {
        try {
            return InetAddress.getByName(settings.text("host")).isLoopbackAddress();
        } catch (UnknownHostException _) {
            return false;
        }
    }

    private void prepare(Connection connection, Purpose purpose) throws SQLException {
        Server what = server(connection);
        StringBuilder set =
                new StringBuilder("set time_zone = '+00:00', net_write_timeout = ")
                        .append(SLOW_READER_SECONDS)
                        .append(", net_read_timeout = ")
                        .append(SLOW_READER_SECONDS)
                        .append(", sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,")
                        .append("ERROR_FOR_DIVISION_BY_ZERO,NO_AUTO_VALUE_ON_ZERO,")
                        .append("NO_ENGINE_SUBSTITUTION'");
        if (!what.mariaDb()) {
            set.append(", information_schema_stats_expiry = 0");
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(set.toString());
            statement.execute("set names utf8mb4");
            if (purpose == Purpose.WRITE) {
                statement.execute("set session transaction isolation level read committed");
            }
        }
        connection.setAutoCommit(false);
    }
}
