package dev.mortise.connectors.postgres;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.ConnectorFactory;
import dev.mortise.spi.option.Settings;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import dev.mortise.spi.type.Type;
import dev.mortise.testkit.contract.EncodedContract;
import dev.mortise.testkit.contract.OptionsContract;
import dev.mortise.testkit.contract.ReadsContract;
import dev.mortise.testkit.contract.TypeCase;
import dev.mortise.testkit.contract.TypeMappingContract;
import dev.mortise.testkit.contract.VerifiesContract;
import dev.mortise.testkit.contract.WritesContract;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;

/// The PostgreSQL connector keeps every contract.
@Tag("live")
final class PostgresConnectorTest
        implements ReadsContract,
                WritesContract,
                EncodedContract,
                VerifiesContract,
                OptionsContract,
                TypeMappingContract {
    private static final Decimal MONEY = new Decimal(18, 2);
    private static final String NINES = "9".repeat(38);

    private final PostgresFixture postgres = PostgresFixture.of(PostgresConnectorTest.class);

    @Override
    public ConnectorFactory factory() {
        return postgres.factory();
    }

    @Override
    public Settings settings() {
        return postgres.settings();
    }

    @Override
    public void seed(String dataset, Schema schema, List<String> key, List<Batch> rows) {
        postgres.seed(dataset, schema, key, rows);
    }

    @Override
    public void append(String dataset, List<Batch> rows) {
        postgres.append(dataset, sampleSchema(), rows);
    }

    @Override
    public void drop(String dataset) {
        postgres.drop(dataset);
    }

    @Override
    public Set<Type> otherTypes() {
        return Set.of(Scalar.BYTES, Scalar.TIME, Scalar.FLOAT32, Scalar.JSON);
    }

    @Override
    public Set<Type> computedHere() {
        return Set.of(Scalar.JSON);
    }

    @Override
    public Optional<String> textOfTen() {
        return Optional.of("varchar(10)");
    }

    @Override
    public Map<ProblemCode, Settings> broken() {
        postgres.execute(
                "drop schema if exists closed cascade",
                "create schema closed",
                "drop role if exists outsider",
                "create role outsider login password 'let-me-in'",
                "revoke all on schema public from public");
        return Map.of(
                ProblemCode.HOST_UNKNOWN,
                postgres.settings(Map.of("host", "no-such-host.invalid")),
                ProblemCode.CONNECTION_REFUSED,
                postgres.settings(Map.of("port", "1")),
                ProblemCode.LOGIN_REFUSED,
                postgres.settings(Map.of("password", "wrong-one")),
                ProblemCode.DATABASE_MISSING,
                postgres.settings(Map.of("database", "no_such_database")),
                ProblemCode.TLS_FAILED,
                postgres.settings(Map.of("tls", "require")),
                ProblemCode.PRIVILEGE_MISSING,
                postgres.settings(
                        Map.of("user", "outsider", "password", "let-me-in", "schema", "closed")));
    }

    @Override
    public void seedNative(String dataset, String nativeType, @Nullable String literal) {
        drop(dataset);
        String type = nativeType;
        if (nativeType.equals("enum") || nativeType.equals("composite")) {
            type = "a_" + nativeType;
            String body =
                    nativeType.equals("enum") ? "enum ('small', 'große')" : "(a integer, b text)";
            postgres.execute(
                    "drop type if exists " + type + " cascade",
                    "create type " + type + " as " + body);
        }
        postgres.execute(
                "create table %s (id integer primary key, value %s)"
                        .formatted(Sql.name(dataset), type));
        if (literal != null) {
            postgres.execute(
                    "insert into %s values (1, %s), (2, null)"
                            .formatted(Sql.name(dataset), literal));
        }
    }

    @Override
    public List<TypeCase> typeCases() {
        return Stream.of(numbers(), plain(), others()).flatMap(List::stream).toList();
    }

    private static List<TypeCase> numbers() {
        return List.of(
                both("boolean", "true", Scalar.BOOL, "true"),
                both("smallint", "-32768", Scalar.INT16, "-32768"),
                both("integer", "2147483647", Scalar.INT32, "2147483647"),
                both("integer", "-2147483648", Scalar.INT32, "-2147483648"),
                both("bigint", "9223372036854775807", Scalar.INT64, "9223372036854775807"),
                both("bigint", "-9223372036854775808", Scalar.INT64, "-9223372036854775808"),
                both("oid", "4294967295", Scalar.INT64, "4294967295"),
                both("real", "0.1", Scalar.FLOAT32, "0.1"),
                both("real", "'NaN'", Scalar.FLOAT32, "NaN"),
                both("double precision", "'-0'", Scalar.FLOAT64, "-0.0"),
                both("double precision", "'-Infinity'", Scalar.FLOAT64, "-Infinity"),
                both("double precision", "1e308", Scalar.FLOAT64, "1.0E308"),
                both("numeric(18,2)", "-9999999999999999.99", MONEY, "-9999999999999999.99"),
                both("numeric(18,2)", "0", MONEY, "0.00"),
                both("numeric(18,2)", "0.01", MONEY, "0.01"),
                both("numeric(18,2)", "100000000", MONEY, "100000000.00"),
                both("numeric(18,18)", "0.000000000000000001", d(18, 18), "0.000000000000000001"),
                both("numeric(18,0)", "100000000000000000", d(18, 0), "100000000000000000"),
                both("numeric(19,0)", "9223372036854775808", d(19, 0), "9223372036854775808"),
                both("numeric(38,0)", "-" + NINES, d(38, 0), "-" + NINES),
                both("numeric(38,38)", "0." + NINES, d(38, 38), "0." + NINES),
                TypeCase.read("numeric(2,-3)", "12345", d(5, 0), "12000"),
                TypeCase.read("numeric(2,5)", "0.00012", d(5, 5), "0.00012"),
                both("numeric", "-1234.5", d(38, 18), "-1234.500000000000000000"),
                both("numeric", "1e19", d(38, 18), "10000000000000000000.000000000000000000"));
    }

    private static List<TypeCase> plain() {
        return List.of(
                both("text", "''", Scalar.TEXT, ""),
                both("text", "E'榫接 🙂\\t\\\\N'", Scalar.TEXT, "榫接 🙂\t\\N"),
                both("varchar(9)", "'a  '", Scalar.TEXT, "a  "),
                both("char(5)", "'ab'", Scalar.TEXT, "ab"),
                both("name", "'word'", Scalar.TEXT, "word"),
                TypeCase.read("enum", "'große'", Scalar.TEXT, "große"),
                both("bytea", "'\\x00ff10'", Scalar.BYTES, "00ff10"),
                both("bytea", "''", Scalar.BYTES, ""),
                both("date", "'2024-02-29'", Scalar.DATE, "2024-02-29"),
                both("date", "'0044-03-15 BC'", Scalar.DATE, "-0043-03-15"),
                both("time", "'24:00'", Scalar.TIME, "24:00:00"),
                both("time", "'23:59:59.999999'", Scalar.TIME, "23:59:59.999999"),
                both("timetz", "'12:00+02'", Scalar.TEXT, "12:00:00+02"),
                both("timestamp", "'infinity'", Scalar.TIMESTAMP, "infinity"),
                both(
                        "timestamp",
                        "'1969-12-31 23:59:59.999999'",
                        Scalar.TIMESTAMP,
                        "1969-12-31 23:59:59.999999"),
                both(
                        "timestamptz",
                        "'2024-02-29 23:59:59.000001+02'",
                        Scalar.TIMESTAMPTZ,
                        "2024-02-29 21:59:59.000001Z"),
                both("timestamptz", "'-infinity'", Scalar.TIMESTAMPTZ, "-infinity"),
                both(
                        "uuid",
                        "'f23e4567-e89b-12d3-a456-426614174000'",
                        Scalar.UUID,
                        "f23e4567-e89b-12d3-a456-426614174000"));
    }

    private static List<TypeCase> others() {
        return List.of(
                both("jsonb", "'{\"b\": [1, null]}'", Scalar.JSON, "{\"b\": [1, null]}"),
                TypeCase.read("json", "'{ \"a\":1}'", Scalar.JSON, "{ \"a\":1}"),
                both("integer[]", "'{1,null,3}'", Scalar.JSON, "[1, null, 3]"),
                TypeCase.read("composite", "row(1, 'x')", Scalar.JSON, "{\"a\": 1, \"b\": \"x\"}"),
                both("money", "'1234.5'", Scalar.TEXT, "$1,234.50"),
                both("interval", "'1 mon 2 days'", Scalar.TEXT, "1 mon 2 days"),
                both("inet", "'10.0.0.0/8'", Scalar.TEXT, "10.0.0.0/8"),
                both("bit(3)", "B'101'", Scalar.TEXT, "101"),
                both("xml", "'<a/>'", Scalar.TEXT, "<a/>"),
                both("int4range", "'[1,5)'", Scalar.TEXT, "[1,5)"),
                both("point", "'(1,2)'", Scalar.TEXT, "(1,2)"),
                both("tsvector", "'cat:1'", Scalar.TEXT, "'cat':1"));
    }

    private static Decimal d(int precision, int scale) {
        return new Decimal(precision, scale);
    }

    private static TypeCase both(String nativeType, String literal, Type type, String text) {
        return TypeCase.both(nativeType, literal, type, text);
    }
}
