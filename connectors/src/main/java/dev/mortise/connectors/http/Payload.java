package dev.mortise.connectors.http;

import dev.mortise.api.write.FilePart;
import dev.mortise.api.write.Write;
import dev.mortise.connectors.http.HttpLane.Way;
import dev.mortise.connectors.http.Resource.Column;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.BytesColumn;
import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import dev.mortise.spi.type.Type;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    /// A row as an object: its columns but those the body has no place for.
    ///
    /// @throws ProblemException of fault ROW when a value cannot be sent
    static ObjectNode row(Batch batch, int row, Way way) {
        ObjectNode object = NODES.objectNode();
        for (int i = 0; i < way.columns().size(); i++) {
            Column column = way.columns().get(i);
            FilePart file = way.write().files().get(column.name());
            if (!way.write().sends(column.name())) {
                continue;
            }
            if (file != null && !batch.column(i).isNull(row)) {
                put(object, column.path(), file(batch, row, i, way));
            } else if (file == null) {
                JsonNode value =
                        batch.column(i).isNull(row)
                                ? NODES.nullNode()
                                : value(column.type(), batch.column(i), row);
                put(object, column.path(), value);
            }
        }
        return object;
    }

    private static JsonNode file(Batch batch, int row, int column, Way way) {
        FilePart part = Objects.requireNonNull(way.write().files().get(batch.field(column).name()));
        long bytesMax = way.endpoint().limits().bytesMax();
        byte[] content =
                part.folder().isEmpty()
                        ? ((BytesColumn) batch.column(column)).value(row)
                        : part.read(way.project(), text(batch, row, column), bytesMax);
        if (content.length > bytesMax) {
            throw FilePart.tooLarge(bytesMax);
        }
        Schema schema = batch.schema();
        return NODES.pojoNode(part.of(content, name -> text(batch, row, schema.indexOf(name))));
    }

    private static String text(Batch batch, int row, int column) {
        return Cell.text(batch.field(column).type(), batch.column(column), row);
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
    static JsonNode body(List<ObjectNode> rows, Write write) {
        JsonNode inner = write.rows() == 1 ? rows.getFirst() : NODES.arrayNode().addAll(rows);
        JsonNode whole = inner;
        if (!write.wrap().isEmpty()) {
            ObjectNode outer = NODES.objectNode();
            put(outer, write.wrap(), inner);
            whole = outer;
        }
        if (write.with().isPresent() && whole instanceof ObjectNode own) {
            whole = merged(node(write.with().get(), Map.of()), own);
        }
        for (List<String> path : write.jsonIn()) {
            quote(whole, path);
        }
        return whole;
    }

    /// What stands beside the rows, with the rows in it.
    private static JsonNode merged(JsonNode beside, ObjectNode own) {
        if (!(beside instanceof ObjectNode object)) {
            return own;
        }
        for (Map.Entry<String, JsonNode> entry : own.properties()) {
            JsonNode there = object.get(entry.getKey());
            boolean both = there != null && entry.getValue() instanceof ObjectNode;
            object.set(
                    entry.getKey(),
                    both ? merged(there, (ObjectNode) entry.getValue()) : entry.getValue());
        }
        return object;
    }

    /// Puts JSON text in the place of a value; of null and of what is not there nothing.
    private static void quote(JsonNode node, List<String> path) {
        JsonNode value = node.get(path.getFirst());
        if (value == null || value.isNull() || !(node instanceof ObjectNode object)) {
            return;
        }
        if (path.size() == 1) {
            object.put(path.getFirst(), JSON.writeValueAsString(value));
        } else {
            quote(value, path.subList(1, path.size()));
        }
    }
}
