package dev.mortise.connectors.mysql;

import dev.mortise.connectors.jdbc.SqlProblems;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Tells from the server's error numbers who must act.
final class MySqlProblems extends SqlProblems {
    static final int PRIVILEGE = 1227;
    static final int LOCK_WAIT = 1205;
    static final int INTERRUPTED = 1317;

    private static final Pattern DRIVER_PREFIX = Pattern.compile("^\\(conn=\\d+\\) ");
    private static final Pattern QUOTED_COLUMN =
            Pattern.compile("[Cc]olumn '([^']+)'|column (?:`[^`]*`\\.)*`([^`]+)`");
    private static final Pattern FOREIGN_KEY = Pattern.compile("FOREIGN KEY \\(`([^`]+)`\\)");

    private static final String SILENT =
            "check 'host' and 'port', and that no firewall is in between";

    @Override
    protected ProblemCode code(SQLException error) {
        ProblemCode row = rowCode(error.getErrorCode());
        if (row != null) {
            return row;
        }
        ProblemCode other = otherCode(error.getErrorCode());
        if (other != null) {
            return other;
        }
        ProblemCode reached = reachCode(error);
        return reached != null ? reached : super.code(error);
    }

    /// What kept the connection from being made.
    private static @Nullable ProblemCode reachCode(SQLException error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case UnknownHostException _ -> {
                    return ProblemCode.HOST_UNKNOWN;
                }
                case ConnectException _ -> {
                    return ProblemCode.CONNECTION_REFUSED;
                }
                case SocketTimeoutException _ -> {
                    return ProblemCode.TIMED_OUT;
                }
                case SSLException _, GeneralSecurityException _ -> {
                    return ProblemCode.TLS_FAILED;
                }
                default -> {}
            }
        }
        String message = String.valueOf(error.getMessage());
        boolean tls =
                message.contains("ssl not enabled") || message.contains("Self signed certificate");
        return tls ? ProblemCode.TLS_FAILED : null;
    }

    @Override
    public Problem problem(SQLException error) {
        Problem problem = super.problem(error);
        return switch (problem.code()) {
            case HOST_UNKNOWN -> fixed(problem, "check 'host' of the connection");
            case CONNECTION_REFUSED ->
                    fixed(problem, "check the port, or that the server listens on this address");
            case TIMED_OUT ->
                    String.valueOf(error.getMessage()).contains("when connecting to")
                            ? fixed(problem, SILENT)
                            : problem;
            case TLS_FAILED ->
                    fixed(problem, "name its certificate in 'tls_ca', or set 'tls' to less");
            default -> problem;
        };
    }

    private static Problem fixed(Problem problem, String fix) {
        return new Problem(problem.code(), problem.message(), problem.place(), fix);
    }

    private static @Nullable ProblemCode rowCode(int number) {
        return switch (number) {
            case 1406, 1260 -> ProblemCode.VALUE_TOO_LONG;
            case 1264, 1690, 1441 -> ProblemCode.VALUE_OUT_OF_RANGE;
            case 1265, 1292, 1525, 1366, 1367, 1411, 3140, 3141, 3156, 4038 ->
                    ProblemCode.CAST_FAILED;
            case 1048, 1263, 1364, 1216, 1452, 3819, 4025 -> ProblemCode.CONSTRAINT_BROKEN;
            case 1062, 1586 -> ProblemCode.KEY_TAKEN;
            default -> null;
        };
    }

    private static @Nullable ProblemCode otherCode(int number) {
        return switch (number) {
            case 1045, 1698, 1862, 1820 -> ProblemCode.LOGIN_REFUSED;
            case 1044, 1142, 1143, PRIVILEGE, 1370 -> ProblemCode.PRIVILEGE_MISSING;
            case 1049 -> ProblemCode.DATABASE_MISSING;
            case 1146, 1051 -> ProblemCode.DATASET_MISSING;
            case 1054 -> ProblemCode.COLUMN_MISSING;
            case LOCK_WAIT, 3024, 1969 -> ProblemCode.TIMED_OUT;
            case 1213, 1020, 1180 -> ProblemCode.DEADLOCK;
            case 1040, 1203, 1226 -> ProblemCode.THROTTLED;
            case 1053, 1077, 1079, 1317, 1927, 2006, 2013 -> ProblemCode.CONNECTION_LOST;
            case 1021, 1114, 28 -> ProblemCode.DISK_FULL;
            case 1412 -> ProblemCode.SOURCE_CHANGED;
            default -> null;
        };
    }

    @Override
    protected String message(SQLException error) {
        return DRIVER_PREFIX.matcher(super.message(error)).replaceFirst("");
    }

    @Override
    public @Nullable String column(SQLException error) {
        String message = message(error);
        Matcher foreign = FOREIGN_KEY.matcher(message);
        if (foreign.find()) {
            return foreign.group(1);
        }
        Matcher quoted = QUOTED_COLUMN.matcher(message);
        if (!quoted.find()) {
            return null;
        }
        return quoted.group(1) != null ? quoted.group(1) : quoted.group(2);
    }
}
