package dev.mortise.connectors.http;

import dev.mortise.connectors.http.Resource.Column;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/// Request bodies as trees: templates for reading, rows for writing. [BodyForm] makes bytes of
// them.
final class Payload {
    private static final JsonMapper JSON = new JsonMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d{0,17})(\\.\\d{1,17})?");

    private Payload() {}

    /// The body of a reading call.
    ///
    /// @param values for `{name}` in strings of the template
    /// @param fields set on top of it: paging and cursor, by dotted names
    static JsonNode template(
            Optional<Tree> template, Map<String, String> values, Map<String, String> fields) {
        Map<String, String> known = new HashMap<>(values);
        known.putAll(fields);
        JsonNode node = template.map(tree -> node(tree, known)).orElseGet(NODES::objectNode);
        if (node instanceof ObjectNode object) {
            fields.forEach(
                    (name, value) ->
                            put(object, List.of(name.split("\\.")), literal(value, false)));
        }
        return node;
    }

    private static JsonNode node(Tree tree, Map<String, String> values) {
        return switch (tree) {
            case Tree.Leaf leaf ->
                    literal(
                            Resource.fill(
                                    leaf.text(),
                                    name -> values.getOrDefault(name, "{" + name + "}")),
                            leaf.quoted());
            case Tree.Items items -> {
                ArrayNode array = NODES.arrayNode();
                items.items().forEach(item -> array.add(node(item, values)));
                yield array;
            }
            case Tree.Entries entries -> {
                ObjectNode object = NODES.objectNode();
                entries.entries().forEach((name, value) -> object.set(name, node(value, values)));
                yield object;
            }
        };
    }

    private static JsonNode literal(String text, boolean quoted) {
        if (quoted) {
            return NODES.stringNode(text);
        }
        if (NUMBER.matcher(text).matches()) {
            return NODES.rawValueNode(new RawValue(text));
        }
        return switch (text) {
            case "", "null" -> NODES.nullNode();
            case "true", "false" -> NODES.booleanNode(text.equals("true"));
            default -> NODES.stringNode(text);
        };
    }

    private static void put(ObjectNode object, List<String> path, JsonNode value) {
        ObjectNode at = object;
        for (String step : path.subList(0, path.size() - 1)) {
            at = at.get(step) instanceof ObjectNode inner ? inner : at.putObject(step);
        }
        at.set(path.getLast(), value);
    }

    /// A row as an object.
    ///
    /// @throws ProblemException of fault ROW when JSON has no way to write a value
    static ObjectNode row(Batch batch, int row, List<Column> columns) {
        ObjectNode object = NODES.objectNode();
        for (int i = 0; i < columns.size(); i++) {
            JsonNode value =
                    batch.column(i).isNull(row)
                            ? NODES.nullNode()
                            : value(columns.get(i).type(), batch.column(i), row);
            put(object, columns.get(i).path(), value);
        }
        return object;
    }

    private static JsonNode value(Type type, dev.mortise.spi.batch.Column column, int row) {
        return switch (type) {
            case Decimal decimal ->
                    NODES.rawValueNode(
                            new RawValue(Cell.decimal(decimal, column, row).toPlainString()));
            case Scalar scalar -> scalar(scalar, Cell.text(scalar, column, row));
        };
    }

    private static JsonNode scalar(Scalar type, String text) {
        return switch (type) {
            case BOOL -> NODES.booleanNode(text.equals("true"));
            case INT8, INT16, INT32, INT64 -> NODES.numberNode(Long.parseLong(text));
            case UINT64 -> NODES.numberNode(new BigInteger(text));
            case FLOAT32, FLOAT64 -> real(text);
            case TIMESTAMP, TIMESTAMPTZ -> NODES.stringNode(text.replace(' ', 'T'));
            case TEXT, BYTES, DATE, TIME, UUID -> NODES.stringNode(text);
            case JSON -> json(text);
        };
    }

    private static JsonNode real(String text) {
        if (text.endsWith("y") || text.equals("NaN")) {
            throw ProblemException.of(
                    ProblemCode.VALUE_OUT_OF_RANGE,
                    "expected a number that JSON can hold, got '" + text + "'",
                    "replace it in a map step");
        }
        return NODES.rawValueNode(new RawValue(text));
    }

    private static JsonNode json(String text) {
        try {
            JSON.readTree(text);
            return NODES.rawValueNode(new RawValue(text));
        } catch (JacksonException e) {
            throw new ProblemException(
                    dev.mortise.spi.problem.Problem.of(
                            ProblemCode.CAST_FAILED,
                            "expected JSON, got '%.100s'".formatted(text),
                            "mend the value, or map the column to text"),
                    e);
        }
    }

    /// The body of a writing call.
    ///
    /// @param single whether the one row goes without an array around it
    /// @param wrap the names below which the rows stand
    static JsonNode body(List<ObjectNode> rows, boolean single, List<String> wrap) {
        JsonNode inner = single ? rows.getFirst() : NODES.arrayNode().addAll(rows);
        if (wrap.isEmpty()) {
            return inner;
        }
        ObjectNode outer = NODES.objectNode();
        put(outer, wrap, inner);
        return outer;
    }
}
