package dev.mortise.connectors.mysql;

import dev.mortise.connectors.mysql.Sessions.Purpose;
import dev.mortise.spi.connect.Health;
import dev.mortise.spi.connect.Health.Step;
import dev.mortise.spi.option.Settings;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Tries a connection step by step.
final class MySqlHealth {
    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)");
    private static final int MARIADB_MIN = 1_005;
    private static final int MYSQL_MIN = 800;

    private final Settings settings;
    private final Sessions sessions;
    private final List<Step> passed = new ArrayList<>();

    MySqlHealth(Settings settings, Sessions sessions) {
        this.settings = settings;
        this.sessions = sessions;
    }

    Health check() {
        Optional<Problem> network = network();
        if (network.isPresent()) {
            return new Health(passed, network, "");
        }
        try (Connection connection = sessions.connect(Purpose.READ, null)) {
            passed.add(Step.TLS);
            passed.add(Step.LOGIN);
            return loggedIn(connection);
        } catch (SQLException e) {
            return failed(sessions.problems().problem(e));
        }
    }

    private Optional<Problem> network() {
        String host = settings.text("host");
        int port = settings.integer("port");
        try {
            InetAddress address = InetAddress.getByName(host);
            passed.add(Step.DNS);
            try (Socket socket = new Socket()) {
                int timeout = (int) settings.duration("connect_timeout").toMillis();
                socket.connect(new InetSocketAddress(address, port), timeout);
            }
            passed.add(Step.TCP);
            return Optional.empty();
        } catch (UnknownHostException _) {
            return problem(
                    ProblemCode.HOST_UNKNOWN,
                    "no address is known for host '" + host + "'",
                    "check 'host' of the connection");
        } catch (SocketTimeoutException _) {
            return problem(
                    ProblemCode.TIMED_OUT,
                    "connecting to '" + host + ":" + port + "': no answer in time",
                    "check the address, the port and the firewalls between");
        } catch (IOException e) {
            return problem(
                    ProblemCode.CONNECTION_REFUSED,
                    "connecting to '" + host + ":" + port + "': " + e.getMessage(),
                    "check the port, or that the server listens on this address");
        }
    }

    private Optional<Problem> problem(ProblemCode code, String message, String fix) {
        return Optional.of(new Problem(code, message, sessions.place(), fix));
    }

    private Health failed(Problem problem) {
        return new Health(passed, Optional.of(problem.at(sessions.place())), "");
    }

    private Health loggedIn(Connection connection) throws SQLException {
        String database = sessions.database();
        String version;
        boolean mariaDb;
        try (Statement statement = connection.createStatement()) {
            statement.execute("use " + Sql.name(database));
            passed.add(Step.PRIVILEGE);
            try (ResultSet row = statement.executeQuery("select version(), @@version_comment")) {
                row.next();
                version = row.getString(1);
                mariaDb = version.contains("MariaDB") || row.getString(2).contains("maria");
            }
        }
        Matcher number = VERSION.matcher(version);
        int found =
                number.find()
                        ? Integer.parseInt(number.group(1)) * 100
                                + Integer.parseInt(number.group(2))
                        : 0;
        if (found < (mariaDb ? MARIADB_MIN : MYSQL_MIN)) {
            Problem old =
                    Problem.of(
                            ProblemCode.VERSION_UNSUPPORTED,
                            "expected MariaDB 10.5 or MySQL 8.0 or later, got '" + version + "'",
                            "use a later server, or the jdbc connector");
            return new Health(passed, Optional.of(old.at(sessions.place())), version);
        }
        passed.add(Step.VERSION);
        return new Health(passed, Optional.empty(), version);
    }
}
