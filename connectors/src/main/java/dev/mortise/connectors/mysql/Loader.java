package dev.mortise.connectors.mysql;

import dev.mortise.spi.batch.Batch;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.Set;

/// Puts rows into a table, all of them exactly as they are or none.
interface Loader {
    /// What the server warns of that bends no value: old syntax.
    Set<Integer> HARMLESS = Set.of(1287, 1681, 3719, 3778);

    /// @param table as it stands in SQL
    /// @param replace whether a row takes the place of an earlier one with its key; else it is
    ///     refused
    void load(String table, Batch batch, boolean replace) throws SQLException;

    /// What the server only warns of would be a bent or missing value here.
    static void refuseWarnings(Statement statement) throws SQLException {
        for (SQLWarning next = statement.getWarnings();
                next != null;
                next = next.getNextWarning()) {
            if (!HARMLESS.contains(next.getErrorCode())) {
                throw new SQLException(next.getMessage(), next.getSQLState(), next.getErrorCode());
            }
        }
    }
}
