package dev.mortise.connectors.mysql;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// Writes by inserts of many rows, where the server forbids LOAD DATA LOCAL.
final class InsertLoader implements Loader {
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
                (replace ? "replace" : "insert") + " into " + table + " (" + columns + ") values ";
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
            sql.append(column.isNull(row) ? "null" : literal(batch.field(i).type(), column, row));
        }
        sql.append("),");
    }

    /// Times are not typed here, so that one out of range is the row's fault, not the statement's.
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
