package dev.mortise.connectors.sqlite;

import dev.mortise.connectors.jdbc.TablePlan;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.ConnectorFactory;
import dev.mortise.spi.option.Settings;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import dev.mortise.spi.type.Type;
import dev.mortise.testkit.contract.OptionsContract;
import dev.mortise.testkit.contract.ReadsContract;
import dev.mortise.testkit.contract.Rows;
import dev.mortise.testkit.contract.TestSettings;
import dev.mortise.testkit.contract.TypeCase;
import dev.mortise.testkit.contract.TypeMappingContract;
import dev.mortise.testkit.contract.WritesContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

final class SqliteConnectorTest
        implements ReadsContract, WritesContract, TypeMappingContract, OptionsContract {
    private static Path folder = Path.of("");

    @BeforeAll
    static void remember(@TempDir Path temporary) {
        folder = temporary;
    }

    @Override
    public ConnectorFactory factory() {
        return new SqliteFactory();
    }

    @Override
    public Settings settings() {
        return TestSettings.of(
                factory(), folder, Map.of("path", "shop.sqlite", "lock_wait", "10s"));
    }

    private static Connection direct() throws SQLException {
        return new SqliteFile(folder.resolve("shop.sqlite"), Duration.ofSeconds(10)).connect();
    }

    @Override
    public Map<ProblemCode, Settings> broken() {
        try {
            Files.writeString(folder.resolve("broken.sqlite"), "no database ".repeat(1_000));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of(
                ProblemCode.FILE_CORRUPT,
                TestSettings.of(factory(), folder, Map.of("path", "broken.sqlite")),
                ProblemCode.FILE_MISSING,
                TestSettings.of(factory(), folder, Map.of("path", "no/such/folder/file")));
    }

    /// Text is not measured, whatever the declared length.
    @Override
    public Optional<String> textOfTen() {
        return Optional.empty();
    }

    @Override
    public boolean namesTheColumn() {
        return false;
    }

    @Override
    public boolean writesAtOnce() {
        return false;
    }

    /// Each source sees one moment, but not all of them the same.
    @Override
    public boolean seesOneMoment() {
        return false;
    }

    @Override
    public void seed(String dataset, Schema schema, List<String> key, List<Batch> rows) {
        List<String> columns = new ArrayList<>();
        for (Field field : schema.fields()) {
            Type type = field.type();
            String sql =
                    field.nativeType() != null
                            ? field.nativeType()
                            : SqliteDialect.INSTANCE.column(type, false).sql();
            columns.add(quote(field.name()) + " " + sql + (field.nullable() ? "" : " not null"));
        }
        if (!key.isEmpty()) {
            columns.add("primary key " + TablePlan.names(key, SqliteDialect.INSTANCE));
        }
        drop(dataset);
        run("create table " + quote(dataset) + " (" + String.join(", ", columns) + ")");
        append(dataset, rows);
    }

    /// As texts: SQLite itself converts them to what the columns say.
    @Override
    public void append(String dataset, List<Batch> rows) {
        if (rows.isEmpty()) {
            return;
        }
        Schema schema = rows.getFirst().schema();
        String marks = String.join(",", Collections.nCopies(schema.size(), "?"));
        try (Connection connection = direct()) {
            connection.setAutoCommit(false);
            String sql = "insert into " + quote(dataset) + " values (" + marks + ")";
            try (PreparedStatement insert = connection.prepareStatement(sql)) {
                for (List<@Nullable String> row : Rows.texts(rows)) {
                    add(insert, row);
                }
                insert.executeBatch();
            }
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void add(PreparedStatement insert, List<@Nullable String> row)
            throws SQLException {
        for (int i = 0; i < row.size(); i++) {
            insert.setObject(i + 1, bool(row.get(i)));
        }
        insert.addBatch();
    }

    private static @Nullable Object bool(@Nullable String text) {
        if ("true".equals(text) || "false".equals(text)) {
            return Boolean.parseBoolean(text) ? 1 : 0;
        }
        return text;
    }

    @Override
    public void drop(String dataset) {
        run("drop table if exists " + quote(dataset));
    }

    @Override
    public void seedNative(String dataset, String nativeType, @Nullable String literal) {
        drop(dataset);
        run("create table " + quote(dataset) + " (id mediumint, value " + nativeType + ")");
        if (literal != null) {
            run("insert into " + quote(dataset) + " values (1, " + literal + "), (2, null)");
        }
    }

    private static void run(String sql) {
        try (Connection connection = direct();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static String quote(String name) {
        return SqliteDialect.INSTANCE.quote(name);
    }

    @Override
    public List<TypeCase> typeCases() {
        List<TypeCase> cases = new ArrayList<>(ours());
        cases.addAll(theirs());
        return cases;
    }

    private static List<TypeCase> ours() {
        String nines = "9".repeat(38);
        String uuid = "fedcba98-7654-3210-8edc-ba9876543210";
        return List.of(
                TypeCase.both("boolean", "1", Scalar.BOOL, "true"),
                TypeCase.both("tinyint", "-128", Scalar.INT8, "-128"),
                TypeCase.both("smallint", "-32768", Scalar.INT16, "-32768"),
                TypeCase.both("mediumint", "2147483647", Scalar.INT32, "2147483647"),
                TypeCase.both("bigint", "9223372036854775807", Scalar.INT64, "9223372036854775807"),
                TypeCase.both(
                        "unsigned_text",
                        "'18446744073709551615'",
                        Scalar.UINT64,
                        "18446744073709551615"),
                TypeCase.both("float", "1.5", Scalar.FLOAT32, "1.5"),
                TypeCase.both("double", "0.1", Scalar.FLOAT64, "0.1"),
                TypeCase.both("double", "-9e999", Scalar.FLOAT64, "-Infinity"),
                TypeCase.both("decimal_text(38,0)", "'" + nines + "'", new Decimal(38, 0), nines),
                TypeCase.both("decimal_text(18,4)", "'1.5000'", new Decimal(18, 4), "1.5000"),
                TypeCase.both("text", "'榫接 🙂 '", Scalar.TEXT, "榫接 🙂 "),
                TypeCase.both("text", "'007'", Scalar.TEXT, "007"),
                TypeCase.both("blob", "x'0080ff'", Scalar.BYTES, "0080ff"),
                TypeCase.both("date", "'2024-02-29'", Scalar.DATE, "2024-02-29"),
                TypeCase.both("time", "'24:00:00'", Scalar.TIME, "24:00:00"),
                TypeCase.both(
                        "timestamp",
                        "'1900-01-01 00:00:00.000001'",
                        Scalar.TIMESTAMP,
                        "1900-01-01 00:00:00.000001"),
                TypeCase.both("timestamp", "'infinity'", Scalar.TIMESTAMP, "infinity"),
                TypeCase.both(
                        "timestamptz",
                        "'2024-06-01 08:00:00+08:00'",
                        Scalar.TIMESTAMPTZ,
                        "2024-06-01 00:00:00Z"),
                TypeCase.both("uuid", "'" + uuid + "'", Scalar.UUID, uuid),
                TypeCase.both("json_text", "'1.0'", Scalar.JSON, "1.0"));
    }

    private static List<TypeCase> theirs() {
        return List.of(
                TypeCase.both("integer", "7", Scalar.INT64, "7"),
                TypeCase.both("int", "4294967296", Scalar.INT64, "4294967296"),
                TypeCase.both("real", "1.5", Scalar.FLOAT64, "1.5"),
                TypeCase.both("decimal(12,2)", "1.5", new Decimal(12, 2), "1.50"),
                TypeCase.read("numeric", "12345", new Decimal(38, 10), "12345.0000000000"),
                TypeCase.both("varchar(20)", "'abc'", Scalar.TEXT, "abc"),
                TypeCase.both(
                        "datetime",
                        "'2024-02-29T23:59:59'",
                        Scalar.TIMESTAMP,
                        "2024-02-29 23:59:59"),
                TypeCase.both("json", "'{\"a\": 1}'", Scalar.JSON, "{\"a\": 1}"));
    }
}
