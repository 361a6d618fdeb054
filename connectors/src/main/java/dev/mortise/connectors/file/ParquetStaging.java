package dev.mortise.connectors.file;

import dev.mortise.connectors.file.FileLedger.Segment;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.BytesColumn;
import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.batch.DoubleColumn;
import dev.mortise.spi.batch.IntColumn;
import dev.mortise.spi.batch.LongColumn;
import dev.mortise.spi.batch.WideColumn;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import dev.mortise.spi.type.Type;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/// Rows as Parquet, a file a commit. DuckDB gathers them in a table that spills to disk.
final class ParquetStaging implements Staging {
    private static final String OPTIONS = " (format parquet, compression zstd, use_tmp_file false)";

    /// Decimals of at most this many digits DuckDB keeps in an int or a short.
    private static final int INT_DIGITS_MAX = 9;

    private final Path folder;
    private final String stem;
    private final Schema schema;
    private @Nullable Connection connection;
    private @Nullable DuckDBAppender appender;
    private int files;

    ParquetStaging(Path folder, String stem, Schema schema) {
        this.folder = folder;
        this.stem = stem;
        this.schema = schema;
    }

    @Override
    public void write(Batch batch) throws IOException {
        try {
            DuckDBAppender rows = appender == null ? open() : appender;
            for (int row = 0; row < batch.rows(); row++) {
                rows.beginRow();
                for (int i = 0; i < schema.size(); i++) {
                    append(rows, schema.field(i).type(), batch.column(i), row);
                }
                rows.endRow();
            }
        } catch (SQLException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private DuckDBAppender open() throws SQLException {
        Connection opened = connection == null ? ParquetFormat.connect(folder) : connection;
        connection = opened;
        execute(opened, "create or replace table staged (" + declared(schema) + ")");
        DuckDBAppender rows = opened.unwrap(DuckDBConnection.class).createAppender("staged");
        appender = rows;
        return rows;
    }

    private static String declared(Schema schema) {
        return schema.fields().stream()
                .map(
                        field ->
                                ParquetFormat.name(field.name())
                                        + " "
                                        + ParquetFormat.sqlType(field.type()))
                .collect(Collectors.joining(", "));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void append(DuckDBAppender rows, Type type, Column column, int row)
            throws SQLException {
        if (column.isNull(row)) {
            rows.appendNull();
            return;
        }
        switch (type) {
            case Decimal decimal -> append(rows, decimal, column, row);
            case Scalar scalar -> append(rows, scalar, column, row);
        }
    }

    /// The unscaled number, in as many bytes as DuckDB keeps it in.
    private static void append(DuckDBAppender rows, Decimal type, Column column, int row)
            throws SQLException {
        if (column instanceof LongColumn longs && type.precision() > INT_DIGITS_MAX) {
            rows.appendDecimal(longs.value(row));
        } else {
            rows.append(Cell.decimal(type, column, row));
        }
    }

    private static void append(DuckDBAppender rows, Scalar type, Column column, int row)
            throws SQLException {
        switch (type) {
            case BOOL -> rows.append(((IntColumn) column).value(row) != 0);
            case INT8 -> rows.append((byte) ((IntColumn) column).value(row));
            case INT16 -> rows.append((short) ((IntColumn) column).value(row));
            case INT32 -> rows.append(((IntColumn) column).value(row));
            case INT64 -> rows.append(((LongColumn) column).value(row));
            case UINT64 -> rows.append(((LongColumn) column).value(row));
            case FLOAT32 -> rows.append((float) ((DoubleColumn) column).value(row));
            case FLOAT64 -> rows.append(((DoubleColumn) column).value(row));
            case TEXT, JSON -> rows.append(((BytesColumn) column).text(row));
            case BYTES -> rows.append(((BytesColumn) column).value(row));
            case DATE -> rows.appendEpochDays(((IntColumn) column).value(row));
            case TIME -> rows.appendDayMicros(((LongColumn) column).value(row));
            case TIMESTAMP, TIMESTAMPTZ -> rows.appendEpochMicros(((LongColumn) column).value(row));
            case UUID -> {
                WideColumn wide = (WideColumn) column;
                rows.appendUUID(wide.high(row), wide.low(row));
            }
        }
    }

    @Override
    public Sealed seal() throws IOException {
        DuckDBAppender rows = appender;
        Connection opened = connection;
        if (rows == null || opened == null) {
            return Sealed.NOTHING;
        }
        Path file = folder.resolve(stem + "." + ++files + ".parquet");
        try {
            rows.close();
            appender = null;
            execute(opened, "copy staged to " + ParquetFormat.literal(file.toString()) + OPTIONS);
            execute(opened, "drop table staged");
        } catch (SQLException e) {
            throw new IOException(e.getMessage(), e);
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
            return new Sealed(file.getFileName().toString(), 0, channel.size());
        }
    }

    @Override
    public void drop() throws IOException {
        try {
            if (appender != null) {
                appender.close();
                appender = null;
            }
        } catch (SQLException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void unseal() throws IOException {
        Files.deleteIfExists(folder.resolve(stem + "." + files + ".parquet"));
    }

    @Override
    public void close() throws IOException {
        drop();
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /// One file of what is there and what was staged. What is there decides the types.
    static void merge(Output output, Path to, List<Segment> segments) throws IOException {
        List<Field> fields =
                output.appends()
                        ? new ParquetFormat(output.limits())
                                .schema(List.of(output.existing().orElseThrow()))
                                .fields()
                        : output.schema().fields();
        List<String> parts = new ArrayList<>();
        Schema columns = new Schema(fields);
        parts.add(empty(columns));
        output.existing()
                .filter(_ -> output.appends())
                .ifPresent(file -> parts.add("select * from " + table(file.path())));
        for (Segment segment : segments) {
            Path file = output.folder().resolve(segment.file());
            parts.add("select " + casts(columns, output.schema()) + " from " + table(file));
        }
        try (Connection connection = ParquetFormat.connect(output.folder())) {
            execute(
                    connection,
                    "copy ("
                            + String.join(" union all ", parts)
                            + ") to "
                            + ParquetFormat.literal(to.toString())
                            + OPTIONS);
        } catch (SQLException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static String table(Path file) {
        return "read_parquet(" + ParquetFormat.literal(file.toString()) + ")";
    }

    private static String sqlType(Field field) {
        String nativeType = field.nativeType();
        return nativeType == null ? ParquetFormat.sqlType(field.type()) : nativeType;
    }

    private static String empty(Schema columns) {
        return columns.fields().stream()
                .map(
                        field ->
                                "cast(null as "
                                        + sqlType(field)
                                        + ") as "
                                        + ParquetFormat.name(field.name()))
                .collect(Collectors.joining(", ", "select ", " where false"));
    }

    private static String casts(Schema columns, Schema arriving) {
        return columns.fields().stream()
                .map(
                        field ->
                                "cast("
                                        + (arriving.has(field.name())
                                                ? ParquetFormat.name(field.name())
                                                : "null")
                                        + " as "
                                        + sqlType(field)
                                        + ")")
                .collect(Collectors.joining(", "));
    }
}
