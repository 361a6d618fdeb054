package dev.mortise.connectors.mysql;

import dev.mortise.connectors.mysql.MySqlTable.MySqlColumn;
import dev.mortise.connectors.mysql.Sql.Literals;
import dev.mortise.spi.connect.Predicate;
import dev.mortise.spi.connect.Predicate.And;
import dev.mortise.spi.connect.Predicate.Buckets;
import dev.mortise.spi.connect.Predicate.Compare;
import dev.mortise.spi.connect.Predicate.In;
import dev.mortise.spi.connect.Predicate.IsNull;
import dev.mortise.spi.connect.Predicate.Not;
import dev.mortise.spi.connect.Predicate.Op;
import dev.mortise.spi.connect.Predicate.Or;
import dev.mortise.spi.digest.DigestForm;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Scalar;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Predicates as conditions that keep exactly the rows the engine would keep. Text is compared byte
/// by byte: in the collations most tables have, 'a', 'A' and 'a ' are equal, which would keep rows
/// that were not meant. An equality also asks the column's own way, so that an index helps.
final class PredicateSql {
    private final MySqlTable table;

    PredicateSql(MySqlTable table) {
        this.table = table;
    }

    String sql(Predicate predicate) {
        return switch (predicate) {
            case Compare(String name, Op op, String literal) -> compare(column(name), op, literal);
            case In(String name, List<String> literals) -> in(column(name), literals);
            case IsNull(String name) -> Sql.name(column(name).name()) + " is null";
            case Not(Predicate of) -> "not " + sql(of);
            case And(List<Predicate> all) -> joined(all, " and ", "true");
            case Or(List<Predicate> any) -> joined(any, " or ", "false");
            case Buckets buckets -> buckets(buckets);
        };
    }

    private String joined(List<Predicate> parts, String word, String none) {
        return parts.isEmpty()
                ? none
                : parts.stream().map(this::sql).collect(Collectors.joining(word, "(", ")"));
    }

    private String buckets(Buckets wanted) {
        String bucket =
                Optional.of(wanted)
                        .filter(some -> some.form().equals(DigestForm.CANONICAL))
                        .flatMap(some -> new DigestSql(table).bucket(some.key(), some.count()))
                        .orElseThrow(
                                () ->
                                        ProblemException.of(
                                                ProblemCode.TYPE_UNSUPPORTED,
                                                "rows of this key cannot be told into buckets",
                                                "verify by another key"));
        return wanted.wanted().isEmpty()
                ? "false"
                : bucket
                        + wanted.wanted().stream()
                                .sorted()
                                .map(String::valueOf)
                                .collect(Collectors.joining(", ", " in (", ")"));
    }

    private static String compare(MySqlColumn column, Op op, String literal) {
        String name = Sql.name(column.name());
        if (column.type() != Scalar.TEXT && column.type() != Scalar.JSON) {
            return name + " " + op.sql() + " " + Literals.literal(column.type(), literal);
        }
        String exact = exact(column) + " " + op.sql() + " " + bytes(literal);
        return op == Op.EQUAL && column.collation() != null && column.type() == Scalar.TEXT
                ? "(" + name + " = " + Sql.text(literal) + " and " + exact + ")"
                : exact;
    }

    private static String in(MySqlColumn column, List<String> literals) {
        if (literals.isEmpty()) {
            return "false";
        }
        if (column.type() != Scalar.TEXT && column.type() != Scalar.JSON) {
            return literals.stream()
                    .map(l -> Literals.literal(column.type(), l))
                    .collect(Collectors.joining(", ", Sql.name(column.name()) + " in (", ")"));
        }
        return literals.stream()
                .map(PredicateSql::bytes)
                .collect(Collectors.joining(", ", exact(column) + " in (", ")"));
    }

    /// The text of a column as the bytes that we read.
    static String exact(MySqlColumn column) {
        return "cast(convert(" + Sql.name(column.name()) + " using utf8mb4) as binary)";
    }

    private static String bytes(String text) {
        return Sql.hex(HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)));
    }

    private MySqlColumn column(String name) {
        return table.find(name)
                .orElseThrow(
                        () ->
                                ProblemException.of(
                                        ProblemCode.COLUMN_MISSING,
                                        "table '%s' has no column '%s'"
                                                .formatted(table.name().table(), name),
                                        "known: " + String.join(", ", table.schema().names())));
    }
}
