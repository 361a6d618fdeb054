package dev.mortise.connectors.duckdb;

import dev.mortise.connectors.jdbc.SqlProblems;
import dev.mortise.spi.problem.ProblemCode;
import java.sql.SQLException;
import java.util.Map;

/// DuckDB gives no SQLSTATE: the kind of an error is the first words of its message.
final class DuckDbProblems extends SqlProblems {
    static final DuckDbProblems INSTANCE = new DuckDbProblems();

    private static final Map<String, ProblemCode> KINDS =
            Map.ofEntries(
                    Map.entry("Constraint Error", ProblemCode.CONSTRAINT_BROKEN),
                    Map.entry("Conversion Error", ProblemCode.CAST_FAILED),
                    Map.entry("Out of Range Error", ProblemCode.VALUE_OUT_OF_RANGE),
                    Map.entry("IO Error", ProblemCode.IO_FAILED),
                    Map.entry("Permission Error", ProblemCode.PRIVILEGE_MISSING),
                    Map.entry("Connection Error", ProblemCode.CONNECTION_LOST),
                    Map.entry("Out of Memory Error", ProblemCode.SERVER_FAILED),
                    Map.entry("INTERRUPT Error", ProblemCode.CANCELLED));

    @Override
    protected ProblemCode code(SQLException error) {
        String message = message(error);
        if (message.contains("not a valid DuckDB database file")) {
            return ProblemCode.FILE_CORRUPT;
        }
        // Two lanes met on one key: only one of them could commit, the other may try again.
        if (message.startsWith("TransactionContext Error")) {
            return ProblemCode.DEADLOCK;
        }
        if (message.contains("Duplicate key") || message.contains("PRIMARY KEY or UNIQUE")) {
            return ProblemCode.KEY_TAKEN;
        }
        if (message.contains("No space left") || message.contains("disk is full")) {
            return ProblemCode.DISK_FULL;
        }
        if (message.contains("Could not set lock on file")) {
            return ProblemCode.CONNECTION_REFUSED;
        }
        if (message.startsWith("Catalog Error") && message.contains("Table with name")) {
            return ProblemCode.DATASET_MISSING;
        }
        int colon = message.indexOf(':');
        ProblemCode kind = KINDS.get(colon < 0 ? message : message.substring(0, colon));
        return kind == null ? ProblemCode.STATEMENT_FAILED : kind;
    }

    @Override
    protected String message(SQLException error) {
        String message = super.message(error);
        int end = message.indexOf("\n\nLINE");
        return end < 0 ? message : message.substring(0, end);
    }
}
