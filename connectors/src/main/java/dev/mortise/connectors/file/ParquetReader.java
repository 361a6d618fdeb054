package dev.mortise.connectors.file;

import dev.mortise.connectors.file.Folder.Entry;
import dev.mortise.connectors.file.RowFormat.RowReader;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.BytesColumn;
import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.batch.DoubleColumn;
import dev.mortise.spi.batch.IntColumn;
import dev.mortise.spi.batch.LongColumn;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import dev.mortise.spi.type.Type;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Rows of a Parquet file. DuckDB hands them on as the numbers that columns hold, so that no
/// objects are made for dates and times.
final class ParquetReader implements RowReader {
    private final Entry file;
    private final Schema schema;
    private final Connection connection;
    private final Statement statement;
    private final ResultSet rows;

    ParquetReader(Entry file, Schema schema) {
        this.file = file;
        this.schema = schema;
        Connection opened = null;
        try {
            opened = ParquetFormat.connect(ParquetFormat.folder(file.path()));
            this.connection = opened;
            this.statement = opened.createStatement();
            this.rows = statement.executeQuery(sql());
        } catch (SQLException e) {
            closeAfter(opened, e);
            throw ParquetFormat.problem(e, file.name());
        }
    }

    private static void closeAfter(@Nullable Connection opened, SQLException error) {
        try {
            if (opened != null) {
                opened.close();
            }
        } catch (SQLException e) {
            error.addSuppressed(e);
        }
    }

    private String sql() {
        String columns =
                schema.fields().stream()
                        .map(ParquetReader::expression)
                        .collect(Collectors.joining(", "));
        return "select "
                + columns
                + " from read_parquet("
                + ParquetFormat.literal(file.path().toString())
                + ")";
    }

    private static String expression(Field field) {
        String name = ParquetFormat.name(field.name());
        return switch (field.type()) {
            case Decimal _ -> name;
            case Scalar scalar ->
                    switch (scalar) {
                        case BOOL, INT8, INT16, INT32, INT64, FLOAT32, FLOAT64, BYTES -> name;
                        case DATE -> "date_diff('day', date '1970-01-01', " + name + ")";
                        case TIME -> "epoch_us(" + name + ")";
                        case TIMESTAMP -> "epoch_us(cast(" + name + " as timestamp))";
                        case TIMESTAMPTZ -> "epoch_us(" + name + ")";
                        case TEXT, UINT64, UUID -> "cast(" + name + " as varchar)";
                        case JSON -> "cast(to_json(" + name + ") as varchar)";
                    };
        };
    }

    @Override
    public @Nullable Batch next() {
        try {
            Column[] columns = Batch.columns(schema, Batch.ROWS_MAX);
            int count = 0;
            long bytes = 0;
            while (count < Batch.ROWS_MAX && bytes < Batch.BYTES_MAX && rows.next()) {
                for (int i = 0; i < columns.length; i++) {
                    bytes += set(i, columns[i], count);
                }
                count++;
            }
            return count == 0 ? null : new Batch(schema, columns, count);
        } catch (SQLException e) {
            throw ParquetFormat.problem(e, file.name());
        }
    }

    /// Sets a cell; answers about how many bytes it takes.
    private int set(int place, Column column, int row) throws SQLException {
        Type type = schema.field(place).type();
        int bytes =
                switch (column) {
                    case IntColumn ints -> {
                        ints.set(
                                row,
                                type == Scalar.BOOL
                                        ? rows.getBoolean(place + 1) ? 1 : 0
                                        : rows.getInt(place + 1));
                        yield Integer.BYTES;
                    }
                    case DoubleColumn reals -> {
                        reals.set(row, rows.getDouble(place + 1));
                        yield Double.BYTES;
                    }
                    case BytesColumn texts -> bytes(type, place, texts, row);
                    case LongColumn longs
                            when !(type instanceof Decimal) && type != Scalar.UINT64 -> {
                        longs.set(row, rows.getLong(place + 1));
                        yield Long.BYTES;
                    }
                    case LongColumn _, dev.mortise.spi.batch.WideColumn _ -> {
                        slow(type, place, column, row);
                        yield 2 * Long.BYTES;
                    }
                };
        if (rows.wasNull()) {
            column.setNull(row);
        }
        return bytes;
    }

    private void slow(Type type, int place, Column column, int row) throws SQLException {
        if (type instanceof Decimal decimal) {
            java.math.BigDecimal value = rows.getBigDecimal(place + 1);
            if (value != null) {
                Cell.setDecimal(decimal, value, column, row);
            }
        } else {
            String text = rows.getString(place + 1);
            if (text != null) {
                Cell.parse(type, text, column, row);
            }
        }
    }

    private int bytes(Type type, int place, BytesColumn out, int row) throws SQLException {
        if (type == Scalar.BYTES) {
            byte[] value = rows.getBytes(place + 1);
            out.set(row, value == null ? new byte[0] : value);
        } else {
            String text = rows.getString(place + 1);
            out.set(row, text == null ? "" : text);
        }
        return out.length(row) + Integer.BYTES;
    }

    @Override
    public void close() {
        try {
            rows.close();
            statement.close();
            connection.close();
        } catch (SQLException e) {
            throw ParquetFormat.problem(e, file.name());
        }
    }
}
