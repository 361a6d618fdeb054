package dev.mortise.connectors.mysql;

import dev.mortise.connectors.mysql.MySqlTable.MySqlColumn;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
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

    /// Writes by LOAD DATA LOCAL from memory. LOCAL makes the server lenient: what is an error
    /// elsewhere is a warning here, and a row with a key that is taken is left out. So warnings are
    /// errors, and rows are counted.
    static final class LoadDataLoader implements Loader {
        private static final String REFUSED = "23000";

        private final Connection connection;
        private final String columns;

        LoadDataLoader(Connection connection, List<MySqlColumn> columns) {
            this.connection = connection;
            this.columns = columns(columns);
        }

        /// Bytes travel in hexadecimal digits, and a bit would take the digit for its code.
        private static String columns(List<MySqlColumn> columns) {
            List<String> names = new ArrayList<>();
            List<String> set = new ArrayList<>();
            for (MySqlColumn column : columns) {
                String name = Sql.name(column.name());
                String variable = "@v" + names.size();
                if (column.type() == Scalar.BYTES) {
                    set.add(name + " = unhex(" + variable + ")");
                    names.add(variable);
                } else if (column.dataType().equals("bit")) {
                    set.add(name + " = cast(" + variable + " as unsigned)");
                    names.add(variable);
                } else {
                    names.add(name);
                }
            }
            return " ("
                    + String.join(", ", names)
                    + ")"
                    + (set.isEmpty() ? "" : " set " + String.join(", ", set));
        }

        @Override
        public void load(String table, Batch batch, boolean replace) throws SQLException {
            String sql =
                    "load data local infile 'mortise' "
                            + (replace ? "replace " : "")
                            + "into table "
                            + table
                            + " character set utf8mb4 fields terminated by '\\t' escaped by '\\\\'"
                            + " lines terminated by '\\n'"
                            + columns;
            try (Statement statement = connection.createStatement()) {
                // The stream is what the server gets, whatever file it asks for.
                statement
                        .unwrap(org.mariadb.jdbc.Statement.class)
                        .setLocalInfileInputStream(new LoadDataEncoder(batch));
                long written = statement.executeLargeUpdate(sql);
                Loader.refuseWarnings(statement);
                if (!replace && written != batch.rows()) {
                    throw new SQLException(
                            "expected %d rows to be taken, got %d".formatted(batch.rows(), written),
                            REFUSED);
                }
            }
        }
    }

    /// Writes by inserts of many rows, where the server forbids LOAD DATA LOCAL.
    static final class InsertLoader implements Loader {
        private static final int ROWS_MAX = 1_000;

        private final Connection connection;
        private final String columns;
        private final long charactersMax;

        /// @param packetMax bytes the server takes in one statement
        InsertLoader(Connection connection, List<MySqlColumn> columns, long packetMax) {
            this.connection = connection;
            this.columns = Sql.names(columns.stream().map(MySqlColumn::name).toList());
            // A character takes at most four bytes, and a row comes on top.
            this.charactersMax = Math.min(packetMax / 8, 1 << 20);
        }

        @Override
        public void load(String table, Batch batch, boolean replace) throws SQLException {
            String head =
                    (replace ? "replace" : "insert")
                            + " into "
                            + table
                            + " ("
                            + columns
                            + ") values ";
            try (Statement statement = connection.createStatement()) {
                for (int row = 0; row < batch.rows(); ) {
                    StringBuilder sql = new StringBuilder(head);
                    int end = Math.min(batch.rows(), row + ROWS_MAX);
                    do {
                        values(batch, row++, sql);
                    } while (row < end && sql.length() < charactersMax);
                    sql.setLength(sql.length() - 1);
                    statement.executeUpdate(sql.toString());
                    Loader.refuseWarnings(statement);
                }
            }
        }

        private static void values(Batch batch, int row, StringBuilder sql) {
            for (int i = 0; i < batch.schema().size(); i++) {
                sql.append(i == 0 ? '(' : ',');
                Column column = batch.column(i);
                sql.append(
                        column.isNull(row) ? "null" : literal(batch.field(i).type(), column, row));
            }
            sql.append("),");
        }

        /// Times are not typed here, so that one out of range is the row's fault, not the
        /// statement's.
        private static String literal(Type type, Column column, int row) {
            String text = Cell.text(type, column, row);
            return switch (type) {
                case Decimal _ -> text;
                case Scalar scalar ->
                        switch (scalar) {
                            case BOOL -> text.equals("true") ? "1" : "0";
                            case INT8, INT16, INT32, INT64, UINT64, FLOAT32, FLOAT64 -> text;
                            case BYTES -> Sql.hex(text);
                            case TEXT, JSON, UUID -> Sql.text(text);
                            case DATE, TIME, TIMESTAMP -> "'" + text + "'";
                            case TIMESTAMPTZ -> "'" + text.replace("Z", "") + "'";
                        };
            };
        }
    }
}
