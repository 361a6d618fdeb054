package dev.mortise.connectors.file;

import dev.mortise.connectors.file.Folder.Entry;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Loss;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import dev.mortise.spi.type.Type;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Parquet by DuckDB, which may touch nothing but one folder.
final class ParquetFormat implements RowFormat {
    private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\((\\d+),(\\d+)\\)");

    private final Limits limits;

    ParquetFormat(Limits limits) {
        this.limits = limits;
    }

    /// A database in memory that can read and write in a folder and nowhere else.
    static Connection connect(Path folder) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("jdbc_stream_results", "true");
        properties.setProperty("memory_limit", "256MB");
        properties.setProperty("threads", "1");
        properties.setProperty("temp_directory", System.getProperty("java.io.tmpdir", "."));
        Connection connection = DriverManager.getConnection("jdbc:duckdb:", properties);
        try (Statement statement = connection.createStatement()) {
            statement.execute("set TimeZone = 'UTC'");
            statement.execute("set allowed_directories = [" + literal(folder + "/") + "]");
            statement.execute("set enable_external_access = false");
            statement.execute("set lock_configuration = true");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    static String name(String column) {
        return "\"" + column.replace("\"", "\"\"") + "\"";
    }

    static Path folder(Path file) {
        Path parent = file.getParent();
        return parent == null ? file : parent;
    }

    static ProblemException problem(SQLException e, String place) {
        String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        boolean disk = message.contains("No space left");
        boolean damaged =
                message.contains("Invalid Input")
                        || message.contains("magic bytes")
                        || message.contains("Parquet")
                        || message.contains("corrupt");
        ProblemCode code =
                disk
                        ? ProblemCode.DISK_FULL
                        : damaged ? ProblemCode.FILE_CORRUPT : ProblemCode.IO_FAILED;
        String fix =
                disk
                        ? "free space on the disk, then run again"
                        : "check that the file is Parquet and whole, or fetch it again";
        return new ProblemException(new Problem(code, message, place, fix), e);
    }

    @Override
    public Schema schema(List<Entry> files) {
        Entry file = files.getFirst();
        String sql = "describe select * from read_parquet(" + literal(file.path().toString()) + ")";
        try (Connection connection = connect(folder(file.path()));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<Field> fields = new ArrayList<>();
            while (rows.next() && fields.size() <= limits.columns()) {
                fields.add(field(rows.getString(1), rows.getString(2)));
            }
            return new Schema(fields);
        } catch (SQLException e) {
            throw problem(e, file.name());
        }
    }

    private static Field field(String name, String nativeType) {
        Type type = type(nativeType);
        return new Field(name, type, true, nativeType, null, loss(nativeType));
    }

    private static Loss loss(String nativeType) {
        if (nativeType.equals("TIMESTAMP_NS")) {
            return Loss.lossy("nanoseconds are cut to microseconds");
        }
        boolean text =
                nativeType.startsWith("ENUM")
                        || nativeType.startsWith("INTERVAL")
                        || nativeType.equals("UHUGEINT")
                        || nativeType.startsWith("TIME WITH");
        return text ? Loss.widening("read as text") : Loss.NONE;
    }

    static Type type(String nativeType) {
        Matcher decimal = DECIMAL.matcher(nativeType);
        if (decimal.matches()) {
            return new Decimal(
                    Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
        }
        if (nativeType.endsWith("]") || nativeType.matches("(STRUCT|MAP|UNION|LIST).*")) {
            return Scalar.JSON;
        }
        return switch (nativeType.toUpperCase(Locale.ROOT)) {
            case "BOOLEAN" -> Scalar.BOOL;
            case "TINYINT" -> Scalar.INT8;
            case "SMALLINT", "UTINYINT" -> Scalar.INT16;
            case "INTEGER", "USMALLINT" -> Scalar.INT32;
            case "BIGINT", "UINTEGER" -> Scalar.INT64;
            case "UBIGINT" -> Scalar.UINT64;
            case "HUGEINT" -> new Decimal(Decimal.PRECISION_MAX, 0);
            case "FLOAT" -> Scalar.FLOAT32;
            case "DOUBLE" -> Scalar.FLOAT64;
            case "BLOB" -> Scalar.BYTES;
            case "DATE" -> Scalar.DATE;
            case "TIME" -> Scalar.TIME;
            case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS" -> Scalar.TIMESTAMP;
            case "TIMESTAMP WITH TIME ZONE" -> Scalar.TIMESTAMPTZ;
            case "UUID" -> Scalar.UUID;
            case "JSON" -> Scalar.JSON;
            default -> Scalar.TEXT;
        };
    }

    /// How DuckDB spells a type of ours.
    static String sqlType(Type type) {
        return switch (type) {
            case Decimal decimal -> "DECIMAL(" + decimal.precision() + "," + decimal.scale() + ")";
            case Scalar scalar ->
                    switch (scalar) {
                        case BOOL -> "BOOLEAN";
                        case INT8 -> "TINYINT";
                        case INT16 -> "SMALLINT";
                        case INT32 -> "INTEGER";
                        case INT64 -> "BIGINT";
                        case UINT64 -> "UBIGINT";
                        case FLOAT32 -> "FLOAT";
                        case FLOAT64 -> "DOUBLE";
                        case TEXT -> "VARCHAR";
                        case BYTES -> "BLOB";
                        case DATE -> "DATE";
                        case TIME -> "TIME";
                        case TIMESTAMP -> "TIMESTAMP";
                        case TIMESTAMPTZ -> "TIMESTAMP WITH TIME ZONE";
                        case UUID -> "UUID";
                        case JSON -> "JSON";
                    };
        };
    }

    @Override
    public RowReader open(Entry file, Span span, Schema wanted, Rejects rejects) {
        return new ParquetReader(file, wanted);
    }
}
