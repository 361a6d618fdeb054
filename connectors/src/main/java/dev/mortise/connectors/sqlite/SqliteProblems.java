package dev.mortise.connectors.sqlite;

import dev.mortise.connectors.jdbc.SqlProblems;
import dev.mortise.spi.problem.ProblemCode;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// SQLite's own words stand in brackets at the start of a message.
final class SqliteProblems extends SqlProblems {
    @Override
    protected ProblemCode code(SQLException error) {
        String message = message(error);
        int end = message.indexOf(']');
        String word = message.startsWith("[SQLITE_") && end > 0 ? message.substring(8, end) : "";
        ProblemCode code = code(word);
        return code == null ? super.code(error) : code;
    }

    private static @Nullable ProblemCode code(String word) {
        if (word.equals("CONSTRAINT_PRIMARYKEY") || word.equals("CONSTRAINT_UNIQUE")) {
            return ProblemCode.KEY_TAKEN;
        }
        return switch (word.split("_", -1)[0]) {
            case "CONSTRAINT" -> ProblemCode.CONSTRAINT_BROKEN;
            case "MISMATCH" -> ProblemCode.CAST_FAILED;
            case "TOOBIG" -> ProblemCode.VALUE_TOO_LONG;
            case "BUSY", "LOCKED" -> ProblemCode.DEADLOCK;
            case "FULL" -> ProblemCode.DISK_FULL;
            case "IOERR" -> ProblemCode.IO_FAILED;
            case "NOTADB", "CORRUPT" -> ProblemCode.FILE_CORRUPT;
            case "CANTOPEN" -> ProblemCode.FILE_MISSING;
            case "READONLY", "PERM", "AUTH" -> ProblemCode.PRIVILEGE_MISSING;
            default -> null;
        };
    }
}
