package dev.mortise.connectors.file;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import dev.mortise.testkit.contract.Rows;
import dev.mortise.testkit.contract.TypeCase;
import dev.mortise.testkit.contract.TypeMappingContract;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

final class ParquetConnectorTest implements FileFixture, TypeMappingContract {
    private final Path folder;

    ParquetConnectorTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public String ending() {
        return ".parquet";
    }

    @Override
    public void write(Path file, Schema schema, List<Batch> rows) throws IOException {
        String names =
                schema.names().stream()
                        .map(name -> '"' + name + "\" varchar")
                        .collect(Collectors.joining(", "));
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("set TimeZone = 'UTC'");
            statement.execute("create table t (" + names + ")");
            append(connection, Rows.texts(rows));
            String casts =
                    schema.fields().stream()
                            .map(ParquetConnectorTest::cast)
                            .collect(Collectors.joining(", "));
            statement.execute(
                    "copy (select " + casts + " from t) to '" + file + "' (format parquet)");
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private static void append(Connection connection, List<List<@Nullable String>> rows)
            throws SQLException {
        try (var appender = connection.unwrap(DuckDBConnection.class).createAppender("t")) {
            for (var row : rows) {
                appender.beginRow();
                for (String text : row) {
                    appender.append(text);
                }
                appender.endRow();
            }
        }
    }

    private static String cast(Field field) {
        return "cast(\"%s\" as %s) as \"%s\""
                .formatted(field.name(), ParquetFormat.sqlType(field.type()), field.name());
    }

    @Override
    public void seedNative(String dataset, String nativeType, @Nullable String literal) {
        drop(dataset);
        String rows =
                literal == null
                        ? "select 1::int as id, null::%s as value where false".formatted(nativeType)
                        : "select 1::int as id, %s as value union all select 2, null"
                                .formatted(literal);
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("set TimeZone = 'UTC'");
            statement.execute(
                    "copy (%s) to '%s' (format parquet)".formatted(rows, folder.resolve(dataset)));
            forgetRuns();
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public List<TypeCase> typeCases() {
        List<TypeCase> cases = new ArrayList<>(numbers());
        cases.addAll(others());
        return cases;
    }

    private static List<TypeCase> numbers() {
        return List.of(
                TypeCase.both("BOOLEAN", "true", Scalar.BOOL, "true"),
                TypeCase.both("TINYINT", "(-128)::tinyint", Scalar.INT8, "-128"),
                TypeCase.both("SMALLINT", "(-32768)::smallint", Scalar.INT16, "-32768"),
                TypeCase.both("INTEGER", "2147483647::int", Scalar.INT32, "2147483647"),
                TypeCase.both(
                        "BIGINT",
                        "9223372036854775807::bigint",
                        Scalar.INT64,
                        "9223372036854775807"),
                TypeCase.read("UTINYINT", "255::utinyint", Scalar.INT16, "255"),
                TypeCase.read("USMALLINT", "65535::usmallint", Scalar.INT32, "65535"),
                TypeCase.read("UINTEGER", "4294967295::uinteger", Scalar.INT64, "4294967295"),
                TypeCase.both(
                        "UBIGINT",
                        "18446744073709551615::ubigint",
                        Scalar.UINT64,
                        "18446744073709551615"),
                TypeCase.both("FLOAT", "1.1::float", Scalar.FLOAT32, "1.1"),
                TypeCase.both("DOUBLE", "1e300::double", Scalar.FLOAT64, "1.0E300"),
                TypeCase.both("DOUBLE", "'nan'::double", Scalar.FLOAT64, "NaN"),
                TypeCase.both(
                        "DECIMAL(18,2)", "-12.30::decimal(18,2)", new Decimal(18, 2), "-12.30"),
                TypeCase.both(
                        "DECIMAL(38,10)",
                        "'1234567890123456789012345678.0123456789'::decimal(38,10)",
                        new Decimal(38, 10),
                        "1234567890123456789012345678.0123456789"));
    }

    private static List<TypeCase> others() {
        return List.of(
                TypeCase.both("VARCHAR", "'榫接 \"q\"'", Scalar.TEXT, "榫接 \"q\""),
                TypeCase.both("VARCHAR", "''", Scalar.TEXT, ""),
                TypeCase.both("BLOB", "'\\x00\\xff'::blob", Scalar.BYTES, "00ff"),
                TypeCase.both("DATE", "date '2024-02-29'", Scalar.DATE, "2024-02-29"),
                TypeCase.both("DATE", "date '0001-01-01'", Scalar.DATE, "0001-01-01"),
                TypeCase.both("TIME", "time '23:59:59.999999'", Scalar.TIME, "23:59:59.999999"),
                TypeCase.both(
                        "TIMESTAMP",
                        "timestamp '2024-02-29 23:59:59.123456'",
                        Scalar.TIMESTAMP,
                        "2024-02-29 23:59:59.123456"),
                TypeCase.both(
                        "TIMESTAMP WITH TIME ZONE",
                        "timestamptz '2024-02-29 23:59:59+08'",
                        Scalar.TIMESTAMPTZ,
                        "2024-02-29 15:59:59Z"),
                TypeCase.both(
                        "UUID",
                        "'123e4567-e89b-12d3-a456-426614174000'::uuid",
                        Scalar.UUID,
                        "123e4567-e89b-12d3-a456-426614174000"),
                TypeCase.both("JSON", "'{\"a\":[1,2]}'::json", Scalar.JSON, "{\"a\":[1,2]}"),
                TypeCase.read("LIST", "[1, 2]", Scalar.JSON, "[1,2]"),
                TypeCase.read("STRUCT", "{'a': 1}", Scalar.JSON, "{\"a\":1}"));
    }
}
