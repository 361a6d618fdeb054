package dev.mortise.api.page;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.BytesColumn;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.connect.RejectedRow;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Schema;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Turns records straight into columns: from the bytes of the page, without a tree between. A row
/// counts once all its values fit; one that does not is rejected whole and leaves no trace.
public final class RowDecoder {
    private final Schema schema;
    private final Keys keys;
    private final Node root = new Node();
    private final Node[] fields;
    private final Cells[] cells;
    private final @Nullable Carried[] carried;
    private final List<Integer> carriers;
    private final boolean[] filled;
    private Column[] columns;
    private int row;
    private long parent = -1;
    private @Nullable RejectedRow rejected;

    /// Where in a record the columns stand.
    private static final class Node {
        private final Map<String, Node> names = new HashMap<>();
        private int column = -1;
        private boolean key;
        private boolean after;

        Node to(List<String> path) {
            Node node = this;
            for (String step : path) {
                node = node.names.computeIfAbsent(step, _ -> new Node());
            }
            return node;
        }
    }

    /// Where values stand that are not found by names of the record alone.
    ///
    /// @param paths of each column of the schema, in its order
    /// @param fields names of the values of records that are arrays, or of the one value that each
    ///     record is; none when they are objects
    /// @param carried places of the columns whose values come from around the record: first those
    ///     of [Children], in its order
    /// @param times how times are written, by the places of their columns; [TimeForm#ISO] where
    ///     nothing is said
    public record Layout(
            List<List<String>> paths,
            List<String> fields,
            List<Integer> carried,
            Map<Integer, TimeForm> times) {
        public Layout {
            times = Map.copyOf(times);
            paths = List.copyOf(paths);
            fields = List.copyOf(fields);
            carried = List.copyOf(carried);
        }
    }

    /// @param keys what looks at keys on the way
    public RowDecoder(Schema schema, Layout layout, Keys keys) {
        this.schema = schema;
        this.keys = keys;
        this.filled = new boolean[schema.size()];
        this.columns = Batch.columns(schema, Batch.ROWS_MAX);
        this.cells = new Cells[schema.size()];
        this.carriers = layout.carried;
        this.carried = new Carried[schema.size()];
        for (int i = 0; i < schema.size(); i++) {
            TimeForm form = layout.times.getOrDefault(i, TimeForm.ISO);
            cells[i] = new Cells(schema.field(i).type(), form);
            if (carriers.contains(i)) {
                carried[i] = new Carried(schema.field(i).type(), form);
            } else {
                root.to(layout.paths.get(i)).column = i;
            }
        }
        keys.key().forEach(path -> root.to(path).key = true);
        if (!keys.after().isEmpty()) {
            root.to(keys.after()).after = true;
        }
        this.fields = layout.fields.stream().map(this::named).toArray(Node[]::new);
    }

    /// A field may be the name of a column, or a path to it: `FMaterialId.FNumber`.
    private Node named(String field) {
        Node whole = root.names.get(field);
        return whole == null ? root.to(List.of(field.split("\\."))) : whole;
    }

    public int rows() {
        return row;
    }

    public boolean full() {
        return row >= Batch.ROWS_MAX || (row % 64 == 0 && bytes() >= Batch.BYTES_MAX);
    }

    private long bytes() {
        long sum = 0;
        for (Column column : columns) {
            sum += column instanceof BytesColumn ? column.bytes(row) : 0;
        }
        return sum;
    }

    /// The rows read so far; the next ones go into new columns.
    public Batch take() {
        Batch batch = new Batch(schema, columns, row);
        columns = Batch.columns(schema, Batch.ROWS_MAX);
        row = 0;
        return batch;
    }

    /// What the rows from now on have in a column that comes from around the records.
    public void carry(int column, String value) {
        java.util.Objects.requireNonNull(carried[column]).set(value);
    }

    /// Reads the record the page stands at.
    ///
    /// @return why the row is rejected; null when it is in
    public @Nullable RejectedRow read(Records page) {
        JsonParser parser = page.parser();
        long start = parser.currentTokenLocation().getByteOffset();
        decode(page);
        if (rejected != null) {
            int length = (int) (parser.currentLocation().getByteOffset() - start);
            String raw = new String(page.bytes(), page.at(start), length, StandardCharsets.UTF_8);
            return new RejectedRow(rejected.problem(), rejected.column(), raw);
        }
        for (int i = 0; i < columns.length; i++) {
            if (!filled[i]) {
                columns[i].setNull(row);
            }
        }
        row++;
        return null;
    }

    /// Passes over the record the page stands at; only its keys are looked at.
    public void skip(Records page) {
        decode(page);
    }

    private void decode(Records page) {
        JsonParser parser = page.parser();
        rejected = null;
        Arrays.fill(filled, false);
        keys.begin();
        JsonToken token = java.util.Objects.requireNonNull(parser.currentToken());
        if (token == JsonToken.START_OBJECT && fields.length == 0) {
            object(root, page);
        } else if (token == JsonToken.START_ARRAY && fields.length > 0) {
            array(page);
        } else if (fields.length == 1 && token.isScalarValue()) {
            value(fields[0], token, page);
            parser.finishToken();
        } else {
            String wanted = fields.length > 0 ? "an array" : "an object";
            parser.skipChildren();
            parser.finishToken();
            reject(Cells.expected(wanted, parser.currentToken()), null);
        }
        carryOver(page);
        keys.end();
    }

    private void carryOver(Records page) {
        if (page instanceof Children children && children.parents() != parent) {
            parent = children.parents();
            for (int i = 0; i < children.carries(); i++) {
                load(children.carried(i), carriers.get(i));
            }
        }
        for (int column : carriers) {
            Carried value = java.util.Objects.requireNonNull(carried[column]);
            if (value.problem() != null) {
                reject(value.problem(), schema.field(column).name());
            } else if (!value.empty()) {
                value.copy(columns[column], row);
                filled[column] = true;
            }
        }
    }

    private void load(@Nullable Records value, int column) {
        try (value) {
            java.util.Objects.requireNonNull(carried[column]).set(value);
        }
    }

    private void object(Node node, Records page) {
        JsonParser parser = page.parser();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            Node inner = node.names.get(parser.currentName());
            JsonToken token = parser.nextToken();
            if (inner == null) {
                parser.skipChildren();
            } else {
                value(inner, token, page);
            }
        }
    }

    private void array(Records page) {
        JsonParser parser = page.parser();
        int place = 0;
        for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
            if (place < fields.length) {
                value(fields[place], t, page);
            } else {
                parser.skipChildren();
            }
            place++;
        }
        if (place != fields.length) {
            reject(
                    Problem.of(
                            dev.mortise.spi.problem.ProblemCode.CAST_FAILED,
                            "expected %d values, one for each of 'fields', got %d"
                                    .formatted(fields.length, place),
                            "let 'fields' of the resource name what the API is asked for"),
                    null);
        }
    }

    private void value(Node node, JsonToken token, Records page) {
        if (node.key && token.isScalarValue()) {
            keys.part(page.parser());
        }
        if (node.after && token.isScalarValue()) {
            keys.rising(page.parser());
        }
        if (node.column >= 0) {
            cell(node.column, token, page);
        } else if (token == JsonToken.START_OBJECT && !node.names.isEmpty()) {
            object(node, page);
        } else {
            page.parser().skipChildren();
        }
    }

    private void cell(int place, JsonToken token, Records page) {
        filled[place] = token != JsonToken.VALUE_NULL;
        if (!filled[place]) {
            return;
        }
        try {
            cells[place].set(page, columns[place], row);
        } catch (ProblemException e) {
            reject(e.problem(), schema.field(place).name());
        }
        page.parser().skipChildren();
    }

    private void reject(Problem problem, @Nullable String column) {
        if (rejected == null) {
            String named = column == null ? "record" : "column '" + column + "'";
            Problem told =
                    new Problem(
                            problem.code(),
                            named + ": " + problem.message(),
                            problem.place(),
                            problem.fix());
            rejected = new RejectedRow(told, column, "");
        }
    }
}
