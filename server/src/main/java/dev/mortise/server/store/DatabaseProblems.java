package dev.mortise.server.store;

import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Why the database of the control plane cannot be used. The address is told without its password.
final class DatabaseProblems {
    private static final String DATABASE = "--database";
    private static final int CAUSES_MAX = 16;

    /// SQLite's result codes, as the lowest byte of the vendor's code.
    private static final int SQLITE_CORRUPT = 11;

    private static final int SQLITE_FULL = 13;
    private static final int SQLITE_NOT_A_DATABASE = 26;

    private DatabaseProblems() {}

    /// @param shown the address without a password
    static ProblemException unreachable(String shown, SQLException e) {
        String act = "connecting to '" + shown + "': ";
        if (caused(e, UnknownHostException.class) != null) {
            return problem(
                    ProblemCode.HOST_UNKNOWN, act + "no such host", "check the host's name", e);
        }
        if (caused(e, SocketTimeoutException.class) != null) {
            return problem(
                    ProblemCode.TIMED_OUT,
                    act + "no answer",
                    "check the address, and the firewalls between",
                    e);
        }
        if (caused(e, ConnectException.class) != null) {
            return problem(
                    ProblemCode.CONNECTION_REFUSED,
                    act + "connection refused",
                    "check the port, and that PostgreSQL runs and listens on this address",
                    e);
        }
        return byState(act, e);
    }

    private static ProblemException byState(String act, SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        return switch (state) {
            case "28P01", "28000" ->
                    problem(
                            ProblemCode.LOGIN_REFUSED,
                            act + "the user or the password is not accepted",
                            "check both; write what is not a letter or digit as %XX",
                            e);
            case "08004" ->
                    problem(
                            ProblemCode.LOGIN_REFUSED,
                            act + "the login is not accepted: " + firstLine(e),
                            "write the address like postgres://user:password@host:5432/mortise",
                            e);
            case "3D000" ->
                    problem(
                            ProblemCode.DATABASE_MISSING,
                            act + "there is no such database",
                            "create it: create database mortise",
                            e);
            case "42501" ->
                    problem(
                            ProblemCode.PRIVILEGE_MISSING,
                            act + "the user may not do that: " + firstLine(e),
                            "make the user the owner of the database",
                            e);
            default ->
                    problem(
                            ProblemCode.SERVER_FAILED,
                            act + firstLine(e),
                            "look into the log of that server",
                            e);
        };
    }

    static ProblemException file(Path file, SQLException e) {
        int code = e.getErrorCode() & 0xff;
        String act = "opening '" + file + "': ";
        return switch (code) {
            case SQLITE_NOT_A_DATABASE, SQLITE_CORRUPT ->
                    new ProblemException(
                            new Problem(
                                    ProblemCode.FILE_CORRUPT,
                                    act + "expected a database of SQLite, found something else",
                                    "--home",
                                    "put back a backup of the file, or name another home"),
                            e);
            case SQLITE_FULL ->
                    new ProblemException(
                            new Problem(
                                    ProblemCode.DISK_FULL,
                                    act + "the disk is full",
                                    "--home",
                                    "free some space"),
                            e);
            default ->
                    new ProblemException(
                            new Problem(
                                    ProblemCode.IO_FAILED,
                                    act + firstLine(e),
                                    "--home",
                                    "give this user the right to read and write the file"),
                            e);
        };
    }

    /// @param found the newest step the tables have taken
    /// @param known the newest this version knows
    static ProblemException newer(String found, String known) {
        return problem(
                ProblemCode.VERSION_UNSUPPORTED,
                "expected tables of step %s at most, found step %s of a newer Mortise"
                        .formatted(known, found),
                "start the newer version, or put back a backup from before it was first started",
                null);
    }

    static ProblemException foreign(@Nullable Throwable cause) {
        return problem(
                ProblemCode.OPTION_INVALID,
                "expected an empty database or one of Mortise, found tables of something else",
                "make a database for Mortise alone",
                cause);
    }

    /// Tables that were not made by the steps this version knows.
    static ProblemException altered(String said, Throwable cause) {
        return problem(
                ProblemCode.VERSION_UNSUPPORTED,
                "the tables were not made by the steps this version knows: " + said,
                "start the version that made them, or put back a backup",
                cause);
    }

    private static ProblemException problem(
            ProblemCode code, String message, String fix, @Nullable Throwable cause) {
        return new ProblemException(new Problem(code, message, DATABASE, fix), cause);
    }

    private static String firstLine(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private static @Nullable Throwable caused(Throwable e, Class<? extends Throwable> kind) {
        Throwable cause = e;
        for (int i = 0; cause != null && i < CAUSES_MAX; i++) {
            if (kind.isInstance(cause)) {
                return cause;
            }
            cause = cause.getCause();
        }
        return null;
    }
}
