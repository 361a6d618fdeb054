package dev.mortise.engine.operator;

import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.connect.Predicate;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.duckdb.DuckDBConnection;
import tools.jackson.databind.JsonNode;

/// Reads DuckDB's parse tree of a condition and gives it as a predicate, when every part of it is
/// a column against constants that are exactly of the column's type. What it does not know, it
/// leaves: a condition is pushed down whole or not at all.
final class Pushdown {
    private final Schema schema;

    private Pushdown(Schema schema) {
        this.schema = schema;
    }

    static Optional<Predicate> of(Database database, String condition, Schema schema) {
        try (DuckDBConnection connection = database.connect()) {
            return SqlTree.expression(connection, condition)
                    .statement()
                    .flatMap(new Pushdown(schema)::predicate);
        } catch (SQLException _) {
            // The same condition is planned as a step and refused there with its problem.
            return Optional.empty();
        }
    }

    private Optional<Predicate> predicate(JsonNode node) {
        return switch (node.path("type").asString("")) {
            case "CONJUNCTION_AND" ->
                    all(node.path("children"), 0, this::predicate).map(Predicate.And::new);
            case "CONJUNCTION_OR" ->
                    all(node.path("children"), 0, this::predicate).map(Predicate.Or::new);
            case "OPERATOR_NOT" -> predicate(node.path("children").path(0)).map(Predicate.Not::new);
            case "OPERATOR_IS_NULL" -> isNull(node);
            case "OPERATOR_IS_NOT_NULL" -> isNull(node).map(Predicate.Not::new);
            case "COMPARE_IN" -> in(node.path("children"));
            case "COMPARE_NOT_IN" -> in(node.path("children")).map(Predicate.Not::new);
            case "COMPARE_BETWEEN" -> between(node);
            default -> compare(node);
        };
    }

    private interface Reading<T> {
        Optional<T> read(JsonNode node);
    }

    private static <T> Optional<List<T>> all(JsonNode nodes, int from, Reading<T> reading) {
        List<T> read = new ArrayList<>();
        for (int i = from; i < nodes.size(); i++) {
            reading.read(nodes.get(i)).ifPresent(read::add);
        }
        return read.size() == nodes.size() - from && !read.isEmpty()
                ? Optional.of(read)
                : Optional.empty();
    }

    private Optional<Predicate> isNull(JsonNode node) {
        return column(node.path("children").path(0)).map(f -> new Predicate.IsNull(f.name()));
    }

    private Optional<Predicate> in(JsonNode children) {
        return column(children.path(0))
                .filter(Pushdown::comparable)
                .flatMap(
                        field ->
                                all(children, 1, node -> literal(node, field))
                                        .map(list -> new Predicate.In(field.name(), list)));
    }

    private Optional<Predicate> between(JsonNode node) {
        Optional<Predicate> lower =
                compare(node.path("input"), Predicate.Op.GREATER_EQUAL, node.path("lower"));
        Optional<Predicate> upper =
                compare(node.path("input"), Predicate.Op.LESS_EQUAL, node.path("upper"));
        return lower.flatMap(low -> upper.map(high -> Predicate.and(low, high)));
    }

    private Optional<Predicate> compare(JsonNode node) {
        return op(node.path("type").asString(""))
                .flatMap(
                        op ->
                                compare(node.path("left"), op, node.path("right"))
                                        .or(
                                                () ->
                                                        compare(
                                                                node.path("right"),
                                                                mirrored(op),
                                                                node.path("left"))));
    }

    private Optional<Predicate> compare(JsonNode column, Predicate.Op op, JsonNode constant) {
        boolean ordered = op != Predicate.Op.EQUAL && op != Predicate.Op.UNEQUAL;
        return column(column)
                .filter(Pushdown::comparable)
                // Databases sort text by collations that differ from DuckDB's bytes.
                .filter(field -> !ordered || field.type() != Scalar.TEXT)
                .flatMap(
                        field ->
                                literal(constant, field)
                                        .map(
                                                text ->
                                                        new Predicate.Compare(
                                                                field.name(), op, text)));
    }

    private static boolean comparable(Field field) {
        return field.type() != Scalar.JSON
                && field.type() != Scalar.BYTES
                && field.type() != Scalar.FLOAT32
                && field.type() != Scalar.FLOAT64;
    }

    private static Optional<Predicate.Op> op(String type) {
        return switch (type) {
            case "COMPARE_EQUAL" -> Optional.of(Predicate.Op.EQUAL);
            case "COMPARE_NOTEQUAL" -> Optional.of(Predicate.Op.UNEQUAL);
            case "COMPARE_LESSTHAN" -> Optional.of(Predicate.Op.LESS);
            case "COMPARE_LESSTHANOREQUALTO" -> Optional.of(Predicate.Op.LESS_EQUAL);
            case "COMPARE_GREATERTHAN" -> Optional.of(Predicate.Op.GREATER);
            case "COMPARE_GREATERTHANOREQUALTO" -> Optional.of(Predicate.Op.GREATER_EQUAL);
            default -> Optional.empty();
        };
    }

    private static Predicate.Op mirrored(Predicate.Op op) {
        return switch (op) {
            case EQUAL, UNEQUAL -> op;
            case LESS -> Predicate.Op.GREATER;
            case LESS_EQUAL -> Predicate.Op.GREATER_EQUAL;
            case GREATER -> Predicate.Op.LESS;
            case GREATER_EQUAL -> Predicate.Op.LESS_EQUAL;
        };
    }

    private Optional<Field> column(JsonNode node) {
        JsonNode names = node.path("column_names");
        if (!node.path("type").asString("").equals("COLUMN_REF") || names.size() != 1) {
            return Optional.empty();
        }
        String name = names.get(0).asString("").toLowerCase(Locale.ROOT);
        List<Field> found =
                schema.fields().stream()
                        .filter(f -> f.name().toLowerCase(Locale.ROOT).equals(name))
                        .toList();
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    /// Canonical text of a constant, when it is one of the column's type: what DuckDB would cast
    /// the column for, such as a fraction against an integer, is left to DuckDB.
    private static Optional<String> literal(JsonNode node, Field field) {
        return text(node, field).flatMap(text -> canonical(text, field));
    }

    private static Optional<String> text(JsonNode node, Field field) {
        String type = node.path("type").asString("");
        if (type.equals("OPERATOR_CAST")) {
            String target = node.path("type_expr").path("type_name").asString("");
            boolean same = target.equalsIgnoreCase(field.type().text());
            return same ? string(node.path("child")) : Optional.empty();
        }
        if (field.type() == Scalar.BOOL) {
            return bool(node);
        }
        return numeric(field) ? number(node, "") : string(node);
    }

    private static boolean numeric(Field field) {
        return switch (field.type()) {
            case Decimal _ -> true;
            case Scalar scalar ->
                    switch (scalar) {
                        case INT8, INT16, INT32, INT64, UINT64 -> true;
                        default -> false;
                    };
        };
    }

    private static Optional<String> bool(JsonNode node) {
        String text = node.path("literal").path("text").asString("").toLowerCase(Locale.ROOT);
        return node.path("literal").path("kind").asString("").equals("BOOLEAN")
                ? Optional.of(text)
                : Optional.empty();
    }

    private static Optional<String> number(JsonNode node, String sign) {
        JsonNode arguments = node.path("arguments");
        if (node.path("function_name").asString("").equals("-") && arguments.size() == 1) {
            return sign.isEmpty()
                    ? number(arguments.get(0).path("expression"), "-")
                    : Optional.empty();
        }
        return switch (node.path("literal").path("kind").asString("")) {
            case "INTEGER", "NUMERIC" ->
                    Optional.of(sign + node.path("literal").path("text").asString(""));
            default -> Optional.empty();
        };
    }

    private static Optional<String> string(JsonNode node) {
        return node.path("literal").path("kind").asString("").equals("STRING")
                ? Optional.of(node.path("literal").path("text").asString(""))
                : Optional.empty();
    }

    private static Optional<String> canonical(String text, Field field) {
        try {
            Column column = Column.of(field.type(), 1);
            Cell.parse(field.type(), text, column, 0);
            return Optional.of(Cell.text(field.type(), column, 0));
        } catch (ProblemException _) {
            return Optional.empty();
        }
    }
}
