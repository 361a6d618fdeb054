package dev.mortise.connectors.mysql;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.type.Scalar;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// Writes by LOAD DATA LOCAL from memory. LOCAL makes the server lenient: what is an error
/// elsewhere is a warning here, and a row with a key that is taken is left out. So warnings are
/// errors, and rows are counted.
final class LoadDataLoader implements Loader {
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
