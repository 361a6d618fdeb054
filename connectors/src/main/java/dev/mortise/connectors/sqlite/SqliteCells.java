package dev.mortise.connectors.sqlite;

import dev.mortise.connectors.jdbc.JdbcCells;
import dev.mortise.spi.batch.BytesColumn;
import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.batch.DoubleColumn;
import dev.mortise.spi.batch.IntColumn;
import dev.mortise.spi.batch.LongColumn;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;

/// A SQLite cell holds whatever was put there, whatever its column says. So each value is taken as
/// it is and must fit the declared type, or its row is rejected.
final class SqliteCells {
    private SqliteCells() {}

    static JdbcCells of(Type type) {
        return new JdbcCells(
                (from, place, to, row) -> read(type, from.getObject(place), to, row),
                writer(type),
                Types.VARCHAR);
    }

    private static boolean read(
            Type type, @org.jspecify.annotations.Nullable Object value, Column to, int row) {
        if (value == null) {
            return false;
        }
        switch (to) {
            case DoubleColumn doubles when value instanceof Number number ->
                    doubles.set(row, number.doubleValue());
            case LongColumn longs when type == Scalar.INT64 && value instanceof Long whole ->
                    longs.set(row, whole);
            case BytesColumn bytes when type == Scalar.BYTES -> bytes.set(row, bytes(value));
            default -> {
                if (value instanceof byte[]) {
                    throw ProblemException.of(
                            ProblemCode.CAST_FAILED,
                            "expected " + type.text() + ", got a blob",
                            "mend the value, or declare the column as blob");
                }
                Cell.parse(type, value.toString(), to, row);
            }
        }
        return true;
    }

    private static byte[] bytes(Object value) {
        return value instanceof byte[] bytes
                ? bytes
                : value.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static JdbcCells.Writer writer(Type type) {
        return switch (type) {
            case Decimal _ ->
                    (to, place, from, row) -> to.setString(place, Cell.text(type, from, row));
            case Scalar scalar ->
                    switch (scalar) {
                        case BOOL, INT8, INT16, INT32 ->
                                (to, place, from, row) ->
                                        to.setInt(place, ((IntColumn) from).value(row));
                        case INT64 ->
                                (to, place, from, row) ->
                                        to.setLong(place, ((LongColumn) from).value(row));
                        case FLOAT32, FLOAT64 -> SqliteCells::real;
                        case BYTES ->
                                (to, place, from, row) ->
                                        to.setBytes(place, ((BytesColumn) from).value(row));
                        case UINT64, TEXT, DATE, TIME, TIMESTAMP, TIMESTAMPTZ, UUID, JSON ->
                                (to, place, from, row) ->
                                        to.setString(place, Cell.text(type, from, row));
                    };
        };
    }

    private static void real(PreparedStatement to, int place, Column from, int row)
            throws SQLException {
        double value = ((DoubleColumn) from).value(row);
        if (Double.isNaN(value)) {
            throw new SQLException("SQLite stores NaN as null", "22003");
        }
        to.setDouble(place, value);
    }
}
