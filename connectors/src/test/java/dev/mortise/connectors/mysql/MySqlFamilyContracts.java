package dev.mortise.connectors.mysql;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.ConnectorFactory;
import dev.mortise.spi.option.Settings;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import dev.mortise.spi.type.Type;
import dev.mortise.testkit.contract.OptionsContract;
import dev.mortise.testkit.contract.ReadsContract;
import dev.mortise.testkit.contract.TypeCase;
import dev.mortise.testkit.contract.TypeMappingContract;
import dev.mortise.testkit.contract.VerifiesContract;
import dev.mortise.testkit.contract.WritesContract;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What holds for MariaDB and for MySQL alike.
interface MySqlFamilyContracts
        extends ReadsContract,
                WritesContract,
                VerifiesContract,
                OptionsContract,
                TypeMappingContract {
    Decimal MONEY = new Decimal(18, 2);
    String NINES = "9".repeat(38);

    MySqlFixture fixture();

    @Override
    default ConnectorFactory factory() {
        return fixture().factory();
    }

    @Override
    default Settings settings() {
        return fixture().settings();
    }

    @Override
    default void seed(String dataset, Schema schema, List<String> key, List<Batch> rows) {
        fixture().seed(dataset, schema, key, rows);
    }

    @Override
    default void append(String dataset, List<Batch> rows) {
        fixture().append(dataset, sampleSchema(), rows);
    }

    @Override
    default void drop(String dataset) {
        fixture().drop(dataset);
    }

    @Override
    default Optional<String> textOfTen() {
        return Optional.of("varchar(10)");
    }

    @Override
    default Set<Type> computedHere() {
        return Set.of(Scalar.FLOAT32, Scalar.FLOAT64, Scalar.JSON);
    }

    @Override
    default Map<ProblemCode, Settings> broken() {
        fixture()
                .execute(
                        "drop user if exists 'outsider'@'%'",
                        "create user 'outsider'@'%' identified by 'let-me-in'");
        Map<ProblemCode, Settings> broken = new HashMap<>();
        broken.putAll(
                Map.of(
                        ProblemCode.HOST_UNKNOWN,
                        fixture().settings(Map.of("host", "no-such-host.invalid")),
                        ProblemCode.CONNECTION_REFUSED,
                        fixture().settings(Map.of("port", "1")),
                        ProblemCode.LOGIN_REFUSED,
                        fixture().settings(Map.of("password", "wrong-one")),
                        ProblemCode.DATABASE_MISSING,
                        fixture().settings(Map.of("database", "no_such_database")),
                        ProblemCode.PRIVILEGE_MISSING,
                        fixture().settings(Map.of("user", "outsider", "password", "let-me-in"))));
        if (!fixture().isMariaDb()) {
            // MariaDB's own certificate is checked by the password, and so is a good one.
            broken.put(ProblemCode.TLS_FAILED, fixture().settings(Map.of("tls", "verify-full")));
        }
        return broken;
    }

    @Override
    default void seedNative(String dataset, String nativeType, @Nullable String literal) {
        drop(dataset);
        fixture()
                .execute(
                        "create table %s (id int primary key, `value` %s null)"
                                .formatted(Sql.name(dataset), nativeType));
        if (literal != null) {
            fixture()
                    .execute(
                            "insert into %s values (1, %s), (2, null)"
                                    .formatted(Sql.name(dataset), literal));
        }
    }

    @Override
    default List<TypeCase> typeCases() {
        List<TypeCase> cases = new ArrayList<>(numbers());
        cases.addAll(texts());
        cases.addAll(times());
        return cases;
    }

    private static List<TypeCase> numbers() {
        return List.of(
                both("tinyint(1)", "1", Scalar.BOOL, "true"),
                both("tinyint(1)", "0", Scalar.BOOL, "false"),
                both("tinyint", "-128", Scalar.INT8, "-128"),
                both("tinyint unsigned", "255", Scalar.INT16, "255"),
                both("smallint", "-32768", Scalar.INT16, "-32768"),
                both("smallint unsigned", "65535", Scalar.INT32, "65535"),
                both("mediumint", "-8388608", Scalar.INT32, "-8388608"),
                both("mediumint unsigned", "16777215", Scalar.INT32, "16777215"),
                both("int", "2147483647", Scalar.INT32, "2147483647"),
                both("int", "-2147483648", Scalar.INT32, "-2147483648"),
                both("int unsigned", "4294967295", Scalar.INT64, "4294967295"),
                both("bigint", "9223372036854775807", Scalar.INT64, "9223372036854775807"),
                both("bigint", "-9223372036854775808", Scalar.INT64, "-9223372036854775808"),
                both(
                        "bigint unsigned",
                        "18446744073709551615",
                        Scalar.UINT64,
                        "18446744073709551615"),
                both("float", "0.1", Scalar.FLOAT32, "0.1"),
                both("float", "-3.4e38", Scalar.FLOAT32, "-3.4E38"),
                both("double", "1e308", Scalar.FLOAT64, "1.0E308"),
                both("double", "0.30000000000000004", Scalar.FLOAT64, "0.30000000000000004"),
                both("double", "4.9e-324", Scalar.FLOAT64, "4.9E-324"),
                both("decimal(18,2)", "-9999999999999999.99", MONEY, "-9999999999999999.99"),
                both("decimal(18,2)", "0", MONEY, "0.00"),
                both("decimal(18,2)", "-0.01", MONEY, "-0.01"),
                both("decimal(19,0)", "9223372036854775808", d(19, 0), "9223372036854775808"),
                both("decimal(38,0)", "-" + NINES, d(38, 0), "-" + NINES),
                both("decimal(38,30)", "99999999.5", d(38, 30), "99999999.5" + "0".repeat(29)),
                both("decimal(38,1)", "-0.5", d(38, 1), "-0.5"),
                TypeCase.read("decimal(40,2)", "12.5", d(38, 2), "12.50"),
                both("bit(1)", "b'1'", Scalar.BOOL, "true"),
                both("bit(12)", "b'101000000001'", Scalar.BYTES, "0a01"),
                both("year", "2155", Scalar.INT16, "2155"));
    }

    private static List<TypeCase> texts() {
        return List.of(
                both("char(5)", "'ab'", Scalar.TEXT, "ab"),
                both("varchar(9)", "'a  '", Scalar.TEXT, "a  "),
                both("varchar(9) character set latin1", "'é'", Scalar.TEXT, "é"),
                both("longtext", "''", Scalar.TEXT, ""),
                both("longtext", "'榫接 🙂\\t\\\\N\\0\\r\\n'", Scalar.TEXT, "榫接 🙂\t\\N\0\r\n"),
                both("text", "'\\\\'", Scalar.TEXT, "\\"),
                both("tinytext", "'t'", Scalar.TEXT, "t"),
                both("mediumtext", "'m'", Scalar.TEXT, "m"),
                both("tinyblob", "x'01'", Scalar.BYTES, "01"),
                both("mediumblob", "x'02'", Scalar.BYTES, "02"),
                TypeCase.read(
                        "geometry",
                        "st_geomfromtext('point(1 2)')",
                        Scalar.BYTES,
                        "000000000101000000000000000000f03f0000000000000040"),
                both("enum('small','große')", "'große'", Scalar.TEXT, "große"),
                both("set('a','b')", "'a,b'", Scalar.TEXT, "a,b"),
                both("binary(3)", "x'00ff10'", Scalar.BYTES, "00ff10"),
                both("varbinary(9)", "x'00ff5c0a'", Scalar.BYTES, "00ff5c0a"),
                both("longblob", "''", Scalar.BYTES, ""),
                both("blob", "x'096a'", Scalar.BYTES, "096a"),
                TypeCase.read("json", "'{\"b\": [1, null]}'", Scalar.JSON, "{\"b\": [1, null]}"));
    }

    private static List<TypeCase> times() {
        return List.of(
                both("date", "'2024-02-29'", Scalar.DATE, "2024-02-29"),
                both("date", "'9999-12-31'", Scalar.DATE, "9999-12-31"),
                both("date", "'0001-01-01'", Scalar.DATE, "0001-01-01"),
                both("time(6)", "'23:59:59.999999'", Scalar.TIME, "23:59:59.999999"),
                both("time", "'24:00:00'", Scalar.TIME, "24:00:00"),
                both("time(6)", "'00:00:00'", Scalar.TIME, "00:00:00"),
                both("datetime", "'2024-02-29 00:00:00'", Scalar.TIMESTAMP, "2024-02-29 00:00:00"),
                both(
                        "datetime(6)",
                        "'1969-12-31 23:59:59.999999'",
                        Scalar.TIMESTAMP,
                        "1969-12-31 23:59:59.999999"),
                both(
                        "datetime(3)",
                        "'9999-12-31 23:59:59.999'",
                        Scalar.TIMESTAMP,
                        "9999-12-31 23:59:59.999"),
                both(
                        "timestamp(6)",
                        "'2024-02-29 21:59:59.000001'",
                        Scalar.TIMESTAMPTZ,
                        "2024-02-29 21:59:59.000001Z"));
    }

    static Decimal d(int precision, int scale) {
        return new Decimal(precision, scale);
    }

    static TypeCase both(String nativeType, String literal, Type type, String text) {
        return TypeCase.both(nativeType, literal, type, text);
    }
}
