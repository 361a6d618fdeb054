package dev.mortise.connectors.postgres;

import dev.mortise.spi.connect.Health;
import dev.mortise.spi.connect.Health.Step;
import dev.mortise.spi.option.Settings;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Tries a connection step by step.
final class PostgresHealth {
    static final int VERSION_MIN = 120_000;

    private static final int TLS_REQUEST_CODE = 80_877_103;

    private final PostgresSessions sessions;
    private final Settings settings;
    private final List<Step> passed = new ArrayList<>();
    private String version = "";

    PostgresHealth(PostgresSessions sessions) {
        this.sessions = sessions;
        this.settings = sessions.settings();
    }

    Health check() {
        Optional<Problem> problem = reach().or(this::login);
        return new Health(passed, problem.map(p -> p.at(place())), version);
    }

    private String place() {
        return "connection '" + settings.connection() + "'";
    }

    private String address() {
        return settings.text("host") + ":" + settings.text("port");
    }

    private Optional<Problem> reach() {
        InetAddress host;
        try {
            host = InetAddress.getByName(settings.text("host"));
        } catch (UnknownHostException e) {
            return problem(
                    ProblemCode.HOST_UNKNOWN,
                    "no address is known for host '" + settings.text("host") + "'",
                    "check 'host' of the connection, and the name server");
        }
        passed.add(Step.DNS);
        int millis = Math.toIntExact(settings.duration("connect_timeout").toMillis());
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, settings.integer("port")), millis);
            passed.add(Step.TCP);
            socket.setSoTimeout(millis);
            return encryption(socket);
        } catch (IOException e) {
            return problem(
                    ProblemCode.CONNECTION_REFUSED,
                    "connecting to '%s': %s".formatted(address(), e.getMessage()),
                    "check 'host' and 'port', and that the server listens on this address");
        }
    }

    /// Asks whether the server speaks TLS; the handshake itself is the login's.
    private Optional<Problem> encryption(Socket socket) throws IOException {
        String tls = settings.text("tls");
        if (!tls.equals("require") && !tls.equals("verify-full")) {
            passed.add(Step.TLS);
            return Optional.empty();
        }
        socket.getOutputStream()
                .write(ByteBuffer.allocate(8).putInt(8).putInt(TLS_REQUEST_CODE).array());
        if (socket.getInputStream().read() == 'S') {
            return Optional.empty();
        }
        return problem(
                ProblemCode.TLS_FAILED,
                "expected '%s' to offer encryption, it does not".formatted(address()),
                "switch on ssl in the server, or set 'tls: prefer'");
    }

    private Optional<Problem> login() {
        try (Connection connection = sessions.open(PostgresSessions.READER)) {
            if (!passed.contains(Step.TLS)) {
                passed.add(Step.TLS);
            }
            passed.add(Step.LOGIN);
            return rights(connection);
        } catch (SQLException e) {
            Problem problem = new PostgresProblems().problem(e);
            if (problem.code() != ProblemCode.TLS_FAILED && !passed.contains(Step.TLS)) {
                passed.add(Step.TLS);
            }
            return Optional.of(problem);
        } catch (ProblemException e) {
            return Optional.of(e.problem());
        }
    }

    private Optional<Problem> rights(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "select current_schema(), current_setting('server_version'),"
                                        + " current_setting('server_version_num')::int")) {
            row.next();
            version = row.getString(2);
            if (row.getString(1) == null) {
                return problem(
                        ProblemCode.PRIVILEGE_MISSING,
                        "user '%s' may use no schema of the search path"
                                .formatted(settings.text("user")),
                        "grant usage on the schema, or set 'schema' to one that exists");
            }
            passed.add(Step.PRIVILEGE);
            if (row.getInt(3) < VERSION_MIN) {
                return problem(
                        ProblemCode.VERSION_UNSUPPORTED,
                        "expected PostgreSQL 12 or later, got '" + version + "'",
                        "upgrade the server");
            }
        }
        passed.add(Step.VERSION);
        return Optional.empty();
    }

    private static Optional<Problem> problem(ProblemCode code, String message, String fix) {
        return Optional.of(Problem.of(code, message, fix));
    }
}
