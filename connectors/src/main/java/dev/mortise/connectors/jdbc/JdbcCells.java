package dev.mortise.connectors.jdbc;

import dev.mortise.spi.batch.BytesColumn;
import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.batch.DoubleColumn;
import dev.mortise.spi.batch.IntColumn;
import dev.mortise.spi.batch.LongColumn;
import dev.mortise.spi.batch.Times;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

/// The way of one column's values from a JDBC row into a column, and from there into a statement.
///
/// @param sqlType the type of nulls
public record JdbcCells(Reader reader, Writer writer, int sqlType) {
    /// Takes a value out of a row.
    @FunctionalInterface
    public interface Reader {
        /// @return false when the value is null, and then nothing was set
        boolean read(ResultSet from, int place, Column to, int row) throws SQLException;
    }

    /// Puts a value that is not null into a statement.
    @FunctionalInterface
    public interface Writer {
        void write(PreparedStatement to, int place, Column from, int row) throws SQLException;
    }

    public static JdbcCells of(Type type) {
        return switch (type) {
            case Decimal decimal ->
                    new JdbcCells(
                            (from, place, to, row) -> {
                                BigDecimal value = from.getBigDecimal(place);
                                if (value != null) {
                                    Cell.setDecimal(decimal, value, to, row);
                                }
                                return value != null;
                            },
                            (to, place, from, row) ->
                                    to.setBigDecimal(place, Cell.decimal(decimal, from, row)),
                            Types.DECIMAL);
            case Scalar scalar -> scalar(scalar);
        };
    }

    private static JdbcCells scalar(Scalar type) {
        return switch (type) {
            case BOOL -> bool();
            case INT8, INT16, INT32 -> ints(type);
            case INT64 -> longs();
            case UINT64 -> unsigned();
            case FLOAT32, FLOAT64 -> doubles(type);
            case TEXT, JSON -> text();
            case BYTES -> bytes();
            case UUID -> uuid();
            case DATE -> date();
            case TIME -> time();
            case TIMESTAMP -> timestamp();
            case TIMESTAMPTZ -> instant();
        };
    }

    private static JdbcCells bool() {
        return new JdbcCells(
                (from, place, to, row) -> {
                    ((IntColumn) to).set(row, from.getBoolean(place) ? 1 : 0);
                    return !from.wasNull();
                },
                (to, place, from, row) -> to.setBoolean(place, ((IntColumn) from).value(row) != 0),
                Types.BOOLEAN);
    }

    private static JdbcCells ints(Scalar type) {
        return new JdbcCells(
                (from, place, to, row) -> {
                    ((IntColumn) to).set(row, from.getInt(place));
                    return !from.wasNull();
                },
                (to, place, from, row) -> to.setInt(place, ((IntColumn) from).value(row)),
                type == Scalar.INT32 ? Types.INTEGER : Types.SMALLINT);
    }

    private static JdbcCells longs() {
        return new JdbcCells(
                (from, place, to, row) -> {
                    ((LongColumn) to).set(row, from.getLong(place));
                    return !from.wasNull();
                },
                (to, place, from, row) -> to.setLong(place, ((LongColumn) from).value(row)),
                Types.BIGINT);
    }

    private static JdbcCells unsigned() {
        return new JdbcCells(
                (from, place, to, row) -> {
                    BigDecimal value = from.getBigDecimal(place);
                    if (value != null) {
                        Cell.parse(Scalar.UINT64, value.toPlainString(), to, row);
                    }
                    return value != null;
                },
                (to, place, from, row) ->
                        to.setBigDecimal(
                                place,
                                new BigDecimal(
                                        new BigInteger(Cell.text(Scalar.UINT64, from, row)))),
                Types.DECIMAL);
    }

    private static JdbcCells doubles(Scalar type) {
        return type == Scalar.FLOAT32
                ? new JdbcCells(
                        (from, place, to, row) -> {
                            ((DoubleColumn) to).set(row, from.getFloat(place));
                            return !from.wasNull();
                        },
                        (to, place, from, row) ->
                                to.setFloat(place, (float) ((DoubleColumn) from).value(row)),
                        Types.REAL)
                : new JdbcCells(
                        (from, place, to, row) -> {
                            ((DoubleColumn) to).set(row, from.getDouble(place));
                            return !from.wasNull();
                        },
                        (to, place, from, row) ->
                                to.setDouble(place, ((DoubleColumn) from).value(row)),
                        Types.DOUBLE);
    }

    private static JdbcCells text() {
        return new JdbcCells(
                (from, place, to, row) -> {
                    String value = from.getString(place);
                    if (value != null) {
                        ((BytesColumn) to).set(row, value);
                    }
                    return value != null;
                },
                (to, place, from, row) -> to.setString(place, ((BytesColumn) from).text(row)),
                Types.VARCHAR);
    }

    private static JdbcCells bytes() {
        return new JdbcCells(
                (from, place, to, row) -> {
                    byte[] value = from.getBytes(place);
                    if (value != null) {
                        ((BytesColumn) to).set(row, value);
                    }
                    return value != null;
                },
                (to, place, from, row) -> to.setBytes(place, ((BytesColumn) from).value(row)),
                Types.VARBINARY);
    }

    private static JdbcCells uuid() {
        return new JdbcCells(
                (from, place, to, row) -> parsed(Scalar.UUID, from.getString(place), to, row),
                (to, place, from, row) ->
                        to.setObject(place, UUID.fromString(Cell.text(Scalar.UUID, from, row))),
                Types.OTHER);
    }

    /// Sets a row from text, null from null.
    public static boolean parsed(
            Type type, @org.jspecify.annotations.Nullable String text, Column to, int row) {
        if (text == null) {
            return false;
        }
        Cell.parse(type, text, to, row);
        return true;
    }

    private static JdbcCells date() {
        return new JdbcCells(
                (from, place, to, row) -> {
                    LocalDate value = from.getObject(place, LocalDate.class);
                    if (value != null) {
                        ((IntColumn) to).set(row, Math.toIntExact(value.toEpochDay()));
                    }
                    return value != null;
                },
                (to, place, from, row) ->
                        to.setObject(place, LocalDate.ofEpochDay(((IntColumn) from).value(row))),
                Types.DATE);
    }

    private static JdbcCells time() {
        return new JdbcCells(
                (from, place, to, row) -> {
                    LocalTime value = from.getObject(place, LocalTime.class);
                    if (value != null) {
                        ((LongColumn) to).set(row, value.toNanoOfDay() / 1_000);
                    }
                    return value != null;
                },
                (to, place, from, row) ->
                        to.setObject(
                                place,
                                LocalTime.ofNanoOfDay(((LongColumn) from).value(row) * 1_000)),
                Types.TIME);
    }

    private static JdbcCells timestamp() {
        return new JdbcCells(
                (from, place, to, row) -> {
                    LocalDateTime value = from.getObject(place, LocalDateTime.class);
                    if (value != null) {
                        ((LongColumn) to).set(row, Times.micros(value));
                    }
                    return value != null;
                },
                (to, place, from, row) ->
                        to.setObject(place, Times.dateTime(((LongColumn) from).value(row))),
                Types.TIMESTAMP);
    }

    private static JdbcCells instant() {
        return new JdbcCells(
                (from, place, to, row) -> {
                    OffsetDateTime value = from.getObject(place, OffsetDateTime.class);
                    if (value != null) {
                        LocalDateTime utc =
                                value.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
                        ((LongColumn) to).set(row, Times.micros(utc));
                    }
                    return value != null;
                },
                (to, place, from, row) ->
                        to.setObject(
                                place,
                                Times.dateTime(((LongColumn) from).value(row))
                                        .atOffset(ZoneOffset.UTC)),
                Types.TIMESTAMP_WITH_TIMEZONE);
    }
}
