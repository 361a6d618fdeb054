package dev.mortise.connectors.jdbc;

import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Tells from a database's error who must act. The base goes by SQLSTATE; a connector overrides
/// what its database says more exactly.
public class SqlProblems {
    /// The problem an exception stands for. Its message is the database's own.
    public Problem problem(SQLException error) {
        return new Problem(code(error), message(error), "", fix(code(error)));
    }

    /// The column the database blames, or null when it names none.
    public @Nullable String column(SQLException error) {
        return null;
    }

    public final ProblemException exception(SQLException error) {
        return new ProblemException(problem(error), error);
    }

    protected String message(SQLException error) {
        String message = error.getMessage();
        return message == null ? "the database gave no reason" : message.strip();
    }

    protected ProblemCode code(SQLException error) {
        String state = error.getSQLState() == null ? "" : error.getSQLState();
        ProblemCode exact = byState(state);
        return exact != null ? exact : byClass(state.length() < 2 ? "" : state.substring(0, 2));
    }

    private static @Nullable ProblemCode byState(String state) {
        return switch (state) {
            case "22001" -> ProblemCode.VALUE_TOO_LONG;
            case "22003" -> ProblemCode.VALUE_OUT_OF_RANGE;
            case "23505" -> ProblemCode.KEY_TAKEN;
            case "42501" -> ProblemCode.PRIVILEGE_MISSING;
            case "42P01", "42S02" -> ProblemCode.DATASET_MISSING;
            case "42703", "42S22" -> ProblemCode.COLUMN_MISSING;
            case "42804" -> ProblemCode.TYPE_MISMATCH;
            case "53100" -> ProblemCode.DISK_FULL;
            case "57014" -> ProblemCode.TIMED_OUT;
            default -> null;
        };
    }

    private static ProblemCode byClass(String group) {
        return switch (group) {
            case "08", "57" -> ProblemCode.CONNECTION_LOST;
            case "22" -> ProblemCode.CAST_FAILED;
            case "23" -> ProblemCode.CONSTRAINT_BROKEN;
            case "28" -> ProblemCode.LOGIN_REFUSED;
            case "3D" -> ProblemCode.DATABASE_MISSING;
            case "40" -> ProblemCode.DEADLOCK;
            case "53" -> ProblemCode.SERVER_FAILED;
            default -> ProblemCode.STATEMENT_FAILED;
        };
    }

    private static String fix(ProblemCode code) {
        return switch (code) {
            case LOGIN_REFUSED -> "check user and password of the connection";
            case DATABASE_MISSING -> "check the database's name, or create it";
            case PRIVILEGE_MISSING -> "grant the connection's user the right it lacks";
            case DISK_FULL -> "free space on the database's disk, then run again: it resumes";
            case CONNECTION_LOST, DEADLOCK, TIMED_OUT -> "run again: it resumes where it stood";
            case DATASET_MISSING, COLUMN_MISSING -> "check the name, or create it";
            default -> "mend the value, or change the column or the mapping";
        };
    }
}
