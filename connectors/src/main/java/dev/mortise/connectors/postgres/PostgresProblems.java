package dev.mortise.connectors.postgres;

import dev.mortise.connectors.jdbc.SqlProblems;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// What PostgreSQL's errors mean.
final class PostgresProblems extends SqlProblems {
    private static final Pattern COPY_COLUMN =
            Pattern.compile("COPY .*?, line \\d+, column ([^:\\n]+)");
    private static final Pattern DETAIL_KEY = Pattern.compile("Key \\(([^)]+)\\)=");

    private final Map<String, String> constraints;

    PostgresProblems() {
        this(Map.of());
    }

    /// @param constraints the column of each constraint that is about one column
    PostgresProblems(Map<String, String> constraints) {
        this.constraints = constraints;
    }

    @Override
    public Problem problem(SQLException error) {
        Problem problem = super.problem(error);
        String fix = fix(problem.code(), error);
        return fix.isEmpty()
                ? problem
                : new Problem(problem.code(), problem.message(), problem.place(), fix);
    }

    private static String fix(ProblemCode code, SQLException error) {
        String state = String.valueOf(error.getSQLState());
        return switch (code) {
            case HOST_UNKNOWN -> "check 'host' of the connection";
            case CONNECTION_REFUSED ->
                    "check 'host' and 'port', and that the server listens on this address";
            case TLS_FAILED -> "check 'tls' and 'tls_ca' of the connection, and the certificate";
            case THROTTLED -> "lower 'connections_max', or raise max_connections of the server";
            case TIMED_OUT ->
                    switch (state) {
                        case "55P03" ->
                                "end the session that holds the lock, or raise 'lock_timeout'";
                        case "08001" ->
                                "check 'host' and 'port', and that no firewall is in between";
                        default -> "raise 'statement_timeout', then run again: it resumes";
                    };
            default -> "";
        };
    }

    @Override
    protected ProblemCode code(SQLException error) {
        ProblemCode transport = byCause(error);
        if (transport != null) {
            return transport;
        }
        return switch (error.getSQLState() == null ? "" : error.getSQLState()) {
            case "53300", "53400" -> ProblemCode.THROTTLED;
            case "55P03" -> ProblemCode.TIMED_OUT;
            case "57P03", "08001" -> ProblemCode.CONNECTION_REFUSED;
            case "44000" -> ProblemCode.CONSTRAINT_BROKEN;
            case "54000" -> ProblemCode.VALUE_TOO_LONG;
            case "22008" -> ProblemCode.VALUE_OUT_OF_RANGE;
            case "P0001" -> ProblemCode.ROW_REFUSED;
            case "22P04" -> ProblemCode.INTERNAL;
            case "3F000" -> ProblemCode.DATASET_MISSING;
            default -> super.code(error);
        };
    }

    private static @Nullable ProblemCode byCause(SQLException error) {
        for (Throwable cause = error.getCause(); cause != null; cause = cause.getCause()) {
            switch (cause) {
                case UnknownHostException _ -> {
                    return ProblemCode.HOST_UNKNOWN;
                }
                case ConnectException _ -> {
                    return ProblemCode.CONNECTION_REFUSED;
                }
                case SSLException _ -> {
                    return ProblemCode.TLS_FAILED;
                }
                case SocketTimeoutException _ -> {
                    return ProblemCode.TIMED_OUT;
                }
                default -> {}
            }
        }
        String message = error.getMessage() == null ? "" : error.getMessage();
        return message.contains("SSL") ? ProblemCode.TLS_FAILED : null;
    }

    @Override
    protected String message(SQLException error) {
        ServerErrorMessage server = server(error);
        if (server == null || server.getMessage() == null) {
            return super.message(error);
        }
        String detail = server.getDetail() == null ? "" : ": " + server.getDetail();
        String column = column(error);
        boolean named = column == null || server.getMessage().contains(column);
        return (named ? "" : "column '" + column + "': ") + server.getMessage() + detail;
    }

    @Override
    public @Nullable String column(SQLException error) {
        ServerErrorMessage server = server(error);
        if (server == null) {
            return null;
        }
        if (server.getColumn() != null) {
            return server.getColumn();
        }
        String inCopy = first(COPY_COLUMN, server.getWhere());
        if (inCopy != null) {
            return inCopy;
        }
        String constraint = server.getConstraint();
        if (constraint != null && constraints.containsKey(constraint)) {
            return constraints.get(constraint);
        }
        String key = first(DETAIL_KEY, server.getDetail());
        return key == null || key.contains(",") ? null : key;
    }

    private static @Nullable String first(Pattern pattern, @Nullable String text) {
        Matcher matcher = pattern.matcher(text == null ? "" : text);
        return matcher.find() ? matcher.group(1) : null;
    }

    private static @Nullable ServerErrorMessage server(SQLException error) {
        return error instanceof PSQLException exact ? exact.getServerErrorMessage() : null;
    }
}
