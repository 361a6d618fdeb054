package dev.mortise.connectors.duckdb;

import dev.mortise.connectors.jdbc.TableName;
import dev.mortise.connectors.jdbc.TablePlan;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.ConnectorFactory;
import dev.mortise.spi.option.Settings;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import dev.mortise.testkit.contract.OptionsContract;
import dev.mortise.testkit.contract.ReadsContract;
import dev.mortise.testkit.contract.Rows;
import dev.mortise.testkit.contract.TestSettings;
import dev.mortise.testkit.contract.TypeCase;
import dev.mortise.testkit.contract.TypeMappingContract;
import dev.mortise.testkit.contract.VerifiesContract;
import dev.mortise.testkit.contract.WritesContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/// One file that stays open for all tests, as in a server.
final class DuckDbConnectorTest
        implements ReadsContract,
                WritesContract,
                VerifiesContract,
                TypeMappingContract,
                OptionsContract {
    private static final int ROWS_AN_INSERT = 1_000;

    private static Path folder = Path.of("");

    private static @Nullable DuckDbFile file;

    @BeforeAll
    static void openTheFile(@TempDir Path temporary) throws SQLException {
        folder = temporary;
        file = DuckDbFile.open(path(), new DuckDbFile.Limits("256MB", 2));
    }

    @AfterAll
    static void closeTheFile() {
        if (file != null) {
            file.close();
        }
    }

    private static Path path() {
        return folder.resolve("house/warehouse.duckdb").toAbsolutePath().normalize();
    }

    @Override
    public ConnectorFactory factory() {
        return new DuckDbFactory();
    }

    @Override
    public Settings settings() {
        return TestSettings.of(
                factory(),
                folder,
                Map.of(
                        "path", "house/warehouse.duckdb",
                        "memory_limit", "256MB",
                        "threads", "2"));
    }

    @Override
    public Map<ProblemCode, Settings> broken() {
        try {
            Files.writeString(folder.resolve("broken.duckdb"), "no database ".repeat(1_000));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of(
                ProblemCode.FILE_CORRUPT,
                TestSettings.of(factory(), folder, Map.of("path", "broken.duckdb")),
                ProblemCode.IO_FAILED,
                TestSettings.of(factory(), folder, Map.of("path", "broken.duckdb/in/a/file")));
    }

    @Override
    public Optional<String> textOfTen() {
        return Optional.empty();
    }

    @Override
    public void seed(String dataset, Schema schema, List<String> key, List<Batch> rows) {
        List<String> columns = new ArrayList<>();
        for (Field field : schema.fields()) {
            String type =
                    field.nativeType() != null
                            ? field.nativeType()
                            : DuckDbDialect.sql(field.type());
            columns.add(quote(field.name()) + " " + type + (field.nullable() ? "" : " not null"));
        }
        if (!key.isEmpty()) {
            columns.add("primary key " + TablePlan.names(key, DuckDbDialect.INSTANCE));
        }
        run("create or replace table " + table(dataset) + " (" + String.join(",", columns) + ")");
        append(dataset, rows);
    }

    @Override
    public void append(String dataset, List<Batch> rows) {
        List<List<@Nullable String>> texts = Rows.texts(rows);
        for (int i = 0; i < texts.size(); i += ROWS_AN_INSERT) {
            String values =
                    texts.subList(i, Math.min(texts.size(), i + ROWS_AN_INSERT)).stream()
                            .map(DuckDbConnectorTest::values)
                            .collect(Collectors.joining(","));
            run("insert into " + table(dataset) + " values " + values);
        }
    }

    private static String values(List<@Nullable String> row) {
        return row.stream()
                .map(text -> text == null ? "null" : DuckDbDialect.text(text))
                .collect(Collectors.joining(",", "(", ")"));
    }

    @Override
    public void drop(String dataset) {
        run("drop table if exists " + table(dataset));
    }

    @Override
    public void seedNative(String dataset, String nativeType, @Nullable String literal) {
        run(
                "create or replace table "
                        + table(dataset)
                        + " (id integer, value "
                        + nativeType
                        + ")");
        if (literal != null) {
            run("insert into " + table(dataset) + " values (1, " + literal + "), (2, null)");
        }
    }

    private static void run(String sql) {
        DuckDbFile open = file;
        if (open == null) {
            throw new IllegalStateException("the file is not open");
        }
        try (DuckDbSession session = open.session()) {
            session.execute(sql);
            open.committed();
        } catch (SQLException e) {
            throw new IllegalStateException(sql.substring(0, Math.min(200, sql.length())), e);
        }
    }

    private static String table(String dataset) {
        return DuckDbLoad.sql(TableName.parse(dataset).in("main"));
    }

    private static String quote(String name) {
        return DuckDbDialect.INSTANCE.quote(name);
    }

    @Override
    public List<TypeCase> typeCases() {
        List<TypeCase> cases = new ArrayList<>(numbers());
        cases.addAll(times());
        cases.addAll(others());
        return cases;
    }

    private static List<TypeCase> numbers() {
        String nines = "9".repeat(38);
        return List.of(
                TypeCase.both("boolean", "true", Scalar.BOOL, "true"),
                TypeCase.both("tinyint", "-128", Scalar.INT8, "-128"),
                TypeCase.both("smallint", "-32768", Scalar.INT16, "-32768"),
                TypeCase.both("integer", "-2147483648", Scalar.INT32, "-2147483648"),
                TypeCase.both(
                        "bigint", "'-9223372036854775808'", Scalar.INT64, "-9223372036854775808"),
                TypeCase.both(
                        "ubigint", "18446744073709551615", Scalar.UINT64, "18446744073709551615"),
                TypeCase.both("float", "1.5", Scalar.FLOAT32, "1.5"),
                TypeCase.both("float", "'nan'", Scalar.FLOAT32, "NaN"),
                TypeCase.both("double", "'-0.0'", Scalar.FLOAT64, "-0.0"),
                TypeCase.both("double", "'-infinity'", Scalar.FLOAT64, "-Infinity"),
                TypeCase.both("double", "5e-324", Scalar.FLOAT64, "4.9E-324"),
                TypeCase.both("decimal(4,1)", "-999.9", new Decimal(4, 1), "-999.9"),
                TypeCase.both("decimal(9,2)", "1234567.89", new Decimal(9, 2), "1234567.89"),
                TypeCase.both(
                        "decimal(18,18)",
                        "0.999999999999999999",
                        new Decimal(18, 18),
                        "0.999999999999999999"),
                TypeCase.both(
                        "decimal(18,0)",
                        "-999999999999999999",
                        new Decimal(18, 0),
                        "-999999999999999999"),
                TypeCase.both("decimal(38,0)", "-" + nines, new Decimal(38, 0), "-" + nines),
                TypeCase.both(
                        "decimal(38,10)", "-0.0000000001", new Decimal(38, 10), "-0.0000000001"),
                TypeCase.read("utinyint", "255", Scalar.INT16, "255"),
                TypeCase.read("usmallint", "65535", Scalar.INT32, "65535"),
                TypeCase.read("uinteger", "4294967295", Scalar.INT64, "4294967295"),
                TypeCase.read("hugeint", "'-" + nines + "'", new Decimal(38, 0), "-" + nines),
                TypeCase.read("uhugeint", "'" + nines + "'", new Decimal(38, 0), nines));
    }

    private static List<TypeCase> times() {
        return List.of(
                TypeCase.both("date", "'0001-01-01'", Scalar.DATE, "0001-01-01"),
                TypeCase.both("date", "'9999-12-31'", Scalar.DATE, "9999-12-31"),
                TypeCase.both("time", "'24:00:00'", Scalar.TIME, "24:00:00"),
                TypeCase.both("time", "'23:59:59.999999'", Scalar.TIME, "23:59:59.999999"),
                TypeCase.both(
                        "timestamp",
                        "'1900-01-01 00:00:00.000001'",
                        Scalar.TIMESTAMP,
                        "1900-01-01 00:00:00.000001"),
                TypeCase.both("timestamp", "'infinity'", Scalar.TIMESTAMP, "infinity"),
                TypeCase.both("timestamp", "'-infinity'", Scalar.TIMESTAMP, "-infinity"),
                TypeCase.both(
                        "timestamptz",
                        "'2024-06-01 08:00:00.5+08'",
                        Scalar.TIMESTAMPTZ,
                        "2024-06-01 00:00:00.5Z"),
                TypeCase.both("timestamptz", "'-infinity'", Scalar.TIMESTAMPTZ, "-infinity"),
                TypeCase.read(
                        "timestamp_s",
                        "'2024-02-29 23:59:59'",
                        Scalar.TIMESTAMP,
                        "2024-02-29 23:59:59"),
                TypeCase.read(
                        "timestamp_ms",
                        "'2024-02-29 23:59:59.123'",
                        Scalar.TIMESTAMP,
                        "2024-02-29 23:59:59.123"),
                TypeCase.read(
                        "timestamp_ns",
                        "'2024-02-29 23:59:59.123456789'",
                        Scalar.TIMESTAMP,
                        "2024-02-29 23:59:59.123457"),
                TypeCase.read("timetz", "'12:00:00+08'", Scalar.TEXT, "12:00:00+08"),
                TypeCase.read("interval", "interval '1 day'", Scalar.TEXT, "1 day"));
    }

    private static List<TypeCase> others() {
        String uuid = "fedcba98-7654-3210-8edc-ba9876543210";
        return List.of(
                TypeCase.both("varchar", "'榫接 🙂 '", Scalar.TEXT, "榫接 🙂 "),
                TypeCase.both("varchar", "''", Scalar.TEXT, ""),
                TypeCase.both("varchar", "'a' || chr(0) || 'b'", Scalar.TEXT, "a\u0000b"),
                TypeCase.both("blob", "unhex('0080ff')", Scalar.BYTES, "0080ff"),
                TypeCase.both("uuid", "'" + uuid + "'", Scalar.UUID, uuid),
                TypeCase.both("json", "'{\"b\": 1, \"a\":2}'", Scalar.JSON, "{\"b\": 1, \"a\":2}"),
                TypeCase.read("enum ('red', 'blue')", "'blue'", Scalar.TEXT, "blue"),
                TypeCase.read("bit", "'10101'::bit", Scalar.TEXT, "10101"),
                TypeCase.read("bignum", "'" + "9".repeat(50) + "'", Scalar.TEXT, "9".repeat(50)),
                TypeCase.read("integer[]", "[1, null]", Scalar.JSON, "[1,null]"),
                TypeCase.read("struct(a integer)", "{'a': 1}", Scalar.JSON, "{\"a\":1}"),
                TypeCase.read("map(varchar, integer)", "map {'k': 1}", Scalar.JSON, "{\"k\":1}"),
                TypeCase.read("integer[2]", "[1, 2]", Scalar.JSON, "[1,2]"));
    }
}
