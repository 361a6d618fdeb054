package dev.mortise.connectors.jdbc;

import dev.mortise.spi.connect.Predicate;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.SinkPlan;
import dev.mortise.spi.connect.Target;
import dev.mortise.spi.connect.WriteMode;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import dev.mortise.testkit.golden.GoldenFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The SQL of every dialect, statement by statement, beside a file that a person has read.
final class DialectTest {
    private static final TableName ORDERS = new TableName("sales", "orders");

    private static final Schema SCHEMA =
            Schema.of(
                    Field.required("id", Scalar.INT64),
                    Field.of("code", Scalar.TEXT),
                    Field.of("flag", Scalar.BOOL),
                    Field.of("tiny", Scalar.INT8),
                    Field.of("big", Scalar.UINT64),
                    Field.of("amount", new Decimal(18, 2)),
                    Field.of("price", Scalar.FLOAT64),
                    Field.of("photo", Scalar.BYTES),
                    Field.of("day", Scalar.DATE),
                    Field.of("hour", Scalar.TIME),
                    Field.of("at", Scalar.TIMESTAMP),
                    Field.of("seen", Scalar.TIMESTAMPTZ),
                    Field.of("uid", Scalar.UUID),
                    Field.of("attrs", Scalar.JSON));

    @TestFactory
    Stream<DynamicTest> speaksTheLanguageOfEachDatabase() {
        return GoldenFile.of(DialectTest.class).stream()
                .map(
                        golden ->
                                DynamicTest.dynamicTest(
                                        golden.name(),
                                        () -> golden.check(statements(dialect(golden.name())))));
    }

    private static JdbcDialect dialect(String name) {
        return switch (name) {
            case "postgres" -> PostgresFamily.postgres();
            case "mysql" -> MySqlFamily.mySql();
            default -> JdbcFactory.dialect(name);
        };
    }

    private static String statements(JdbcDialect dialect) {
        Target target =
                new Target(
                        "flow/step", "sales.orders", SCHEMA, WriteMode.UPSERT, List.of("id"), true);
        SinkPlan plan = TablePlan.missing(target, ORDERS, dialect);
        List<Field> few = few(plan);
        String table = ORDERS.sql(dialect);
        String shadow = ORDERS.ours("shadow", "flow/step").sql(dialect);
        List<String> lines = new ArrayList<>();
        lines.add("url: " + dialect.url("db1", dialect.port(), "erp"));
        lines.add("create: " + plan.statements().getFirst());
        lines.add("losses: " + new java.util.TreeMap<>(plan.losses()));
        lines.add("checkpoint: " + dialect.ledger(Ledger.ddl("create table")));
        lines.add("insert: " + dialect.insert(table, few));
        lines.add("upsert: " + dialect.upsert(table, few, List.of("id")));
        lines.add("mirror: " + dialect.upsertAll(table, shadow, few, List.of("id")));
        lines.add(
                "shadow: "
                        + dialect.copyOf(
                                shadow, table, TablePlan.plain(few, f -> dialect.quote(f.name()))));
        lines.add(
                "index: "
                        + dialect.uniqueIndex(
                                dialect.quote("mortise_key"), shadow, dialect.quote("id")));
        lines.add("swap: " + dialect.rename(ORDERS.ours("shadow", "flow/step"), "orders"));
        lines.add("first: " + dialect.first("select * from " + table, 10));
        ranges(dialect, lines);
        literals(dialect, lines);
        return String.join("\n", lines);
    }

    private static List<Field> few(SinkPlan plan) {
        return plan.schema().fields().stream()
                .filter(field -> Set.of("id", "code", "attrs").contains(field.name()))
                .map(
                        field ->
                                new Field(
                                        field.name(),
                                        field.type(),
                                        true,
                                        plan.nativeTypes().get(field.name()),
                                        null,
                                        field.loss()))
                .toList();
    }

    private static void ranges(JdbcDialect dialect, List<String> lines) {
        var dataset = dev.mortise.spi.connect.Dataset.of("orders", SCHEMA, List.of("id"));
        var table = new JdbcCatalog.Table(ORDERS, dataset, Set.of(), false);
        JdbcRanges ranges = new JdbcRanges(dialect, table, "1 = 1");
        lines.add("cuts: " + ranges.cutsSql(SCHEMA.field(0), 1_000));
        lines.add("range:" + ranges.tail(new Range(0, "key 5 *")));
    }

    private static void literals(JdbcDialect dialect, List<String> lines) {
        String[] texts = {
            "1",
            "o'brien \\",
            "true",
            "1",
            "18446744073709551615",
            "1.50",
            "1.5",
            "00ff",
            "2024-02-29",
            "23:59:59.5",
            "2024-02-29 23:59:59.123456",
            "2024-02-29 23:59:59Z",
            "01234567-89ab-cdef-0123-456789abcdef"
        };
        PredicateSql sql = new PredicateSql(SCHEMA, dialect);
        for (int i = 0; i < texts.length; i++) {
            var equal = new Predicate.Compare(SCHEMA.field(i).name(), Predicate.Op.EQUAL, texts[i]);
            lines.add("where: " + sql.where(equal));
        }
    }
}
