package dev.mortise.connectors.postgres;

import dev.mortise.spi.connect.Predicate;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Scalar;
import java.util.List;
import java.util.stream.Collectors;

/// Filters as SQL: names quoted, literals with the type of their column.
final class PredicateSql {
    private final PostgresTable table;
    private final CanonicalSql canonical;

    PredicateSql(PostgresTable table, CanonicalSql canonical) {
        this.table = table;
        this.canonical = canonical;
    }

    String of(Predicate predicate) {
        return switch (predicate) {
            case Predicate.Compare(String column, Predicate.Op op, String literal) ->
                    operand(column) + " " + op.sql() + " " + literal(column(column), literal);
            case Predicate.In(String _, List<String> literals) when literals.isEmpty() -> "false";
            case Predicate.In(String column, List<String> literals) ->
                    literals.stream()
                            .map(l -> literal(column(column), l))
                            .collect(Collectors.joining(", ", operand(column) + " in (", ")"));
            case Predicate.IsNull(String column) -> Sql.name(column(column).name()) + " is null";
            case Predicate.Not(Predicate of) -> "not (" + of(of) + ")";
            case Predicate.And(List<Predicate> all) -> joined(all, " and ", "true");
            case Predicate.Or(List<Predicate> any) -> joined(any, " or ", "false");
            case Predicate.Buckets buckets -> buckets(buckets);
        };
    }

    private String joined(List<Predicate> parts, String word, String none) {
        return parts.isEmpty()
                ? none
                : parts.stream().map(this::of).collect(Collectors.joining(word, "(", ")"));
    }

    private String buckets(Predicate.Buckets buckets) {
        return HashSql.within(table, canonical, buckets)
                .orElseThrow(
                        () ->
                                ProblemException.of(
                                        ProblemCode.TYPE_UNSUPPORTED,
                                        "buckets of " + buckets.key() + " cannot be found",
                                        "filter the rows after reading them"));
    }

    private PostgresColumn column(String name) {
        return table.find(name)
                .orElseThrow(
                        () ->
                                ProblemException.of(
                                        ProblemCode.COLUMN_MISSING,
                                        "no column '%s' in '%s'".formatted(name, table.name()),
                                        dev.mortise.spi.problem.Nearest.fix(
                                                name, table.columnNames())));
    }

    /// The column as it is compared: in its own type, or as the text or json it is read as.
    private String operand(String name) {
        PostgresColumn column = column(name);
        return switch (column.form()) {
            case CAST_TEXT, CAST_JSON -> column.selected();
            case JSON -> Sql.name(column.name()) + "::jsonb";
            default -> Sql.name(column.name());
        };
    }

    /// A constant in the type of a column, without the limits of its length or digits.
    static String literal(PostgresColumn column, String text) {
        String cast =
                switch (column.form()) {
                    case BOOL -> "boolean";
                    case INT2, INT4, INT8, OID, NUMERIC -> "numeric";
                    case FLOAT4 -> "real";
                    case FLOAT8 -> "double precision";
                    case BPCHAR -> "bpchar";
                    case BYTEA -> "bytea";
                    case DATE -> "date";
                    case TIME -> "time";
                    case TIMESTAMP ->
                            column.type() == Scalar.TIMESTAMPTZ ? "timestamptz" : "timestamp";
                    case UUID -> "uuid";
                    case JSON, JSONB, CAST_JSON -> "jsonb";
                    case TEXT -> column.base().equals("text") ? "text" : own(column);
                    case CAST_TEXT -> "text";
                };
        return switch (column.form()) {
            case BYTEA -> Sql.literal("\\x" + text) + "::bytea";
            case INT2, INT4, INT8, OID -> integer(column, text);
            case DATE, TIMESTAMP -> Sql.literal(era(text)) + "::" + cast;
            default -> Sql.literal(text) + "::" + cast;
        };
    }

    private static String own(PostgresColumn column) {
        return switch (column.base()) {
            case "varchar" -> "text";
            case "name" -> "name";
            default -> column.nativeType();
        };
    }

    /// Within the column's range as its own type, so that an index can be used; else as a numeric,
    /// so that comparing does not overflow.
    private static String integer(PostgresColumn column, String text) {
        String plain = text.strip();
        boolean fits = plain.matches("-?\\d{1,18}");
        String type = column.form() == Form.OID ? "oid" : "bigint";
        boolean narrow = column.form() == Form.OID && (plain.length() > 9 || plain.startsWith("-"));
        return Sql.literal(plain) + "::" + (fits && !narrow ? type : "numeric");
    }

    /// Years before 1 and after 9999 in PostgreSQL's spelling.
    private static String era(String text) {
        if (text.startsWith("+")) {
            return text.substring(1);
        }
        if (!text.startsWith("-") || text.endsWith("infinity")) {
            return text;
        }
        int end = text.indexOf('-', 1);
        int year = 1 + Integer.parseInt(text.substring(1, end));
        return "%04d".formatted(year) + text.substring(end) + " BC";
    }
}
