package dev.mortise.connectors.http;

import dev.mortise.connectors.http.Resource.Column;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.BytesColumn;
import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.DoubleColumn;
import dev.mortise.spi.batch.IntColumn;
import dev.mortise.spi.batch.LongColumn;
import dev.mortise.spi.connect.RejectedRow;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import dev.mortise.spi.type.Type;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Turns records straight into columns: from the bytes of the page, without a tree between. A row
/// counts once all its values fit; one that does not is rejected whole and leaves no trace.
final class RowDecoder {
    private final Schema schema;
    private final Node root = new Node();
    private final boolean[] filled;
    private dev.mortise.spi.batch.Column[] columns;
    private int row;
    private @Nullable RejectedRow rejected;

    /// Where in a record the columns stand.
    private static final class Node {
        private final Map<String, Node> names = new HashMap<>();
        private int column = -1;
    }

    /// @param places of each column of the schema, in its order
    RowDecoder(Schema schema, List<Column> places) {
        this.schema = schema;
        this.filled = new boolean[schema.size()];
        this.columns = Batch.columns(schema, Batch.ROWS_MAX);
        for (int i = 0; i < places.size(); i++) {
            Node node = root;
            for (String step : places.get(i).path()) {
                node = node.names.computeIfAbsent(step, _ -> new Node());
            }
            node.column = i;
        }
    }

    int rows() {
        return row;
    }

    boolean full() {
        return row >= Batch.ROWS_MAX || (row % 64 == 0 && bytes() >= Batch.BYTES_MAX);
    }

    private long bytes() {
        long sum = 0;
        for (dev.mortise.spi.batch.Column column : columns) {
            sum += column instanceof BytesColumn ? column.bytes(row) : 0;
        }
        return sum;
    }

    /// The rows read so far; the next ones go into new columns.
    Batch take() {
        Batch batch = new Batch(schema, columns, row);
        columns = Batch.columns(schema, Batch.ROWS_MAX);
        row = 0;
        return batch;
    }

    /// Reads the record the page stands at.
    ///
    /// @return why the row is rejected; null when it is in
    @Nullable RejectedRow read(Page page) {
        JsonParser parser = page.parser();
        rejected = null;
        Arrays.fill(filled, false);
        long start = parser.currentTokenLocation().getByteOffset();
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            object(root, page);
        } else {
            parser.skipChildren();
            parser.finishToken();
            reject(Cells.expected("an object", parser.currentToken()), null);
        }
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

    private void object(Node node, Page page) {
        JsonParser parser = page.parser();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            Node inner = node.names.get(parser.currentName());
            JsonToken token = parser.nextToken();
            if (inner != null && inner.column >= 0) {
                value(inner.column, token, page);
            } else if (inner != null && token == JsonToken.START_OBJECT) {
                object(inner, page);
            } else {
                parser.skipChildren();
            }
        }
    }

    private void value(int place, JsonToken token, Page page) {
        filled[place] = token != JsonToken.VALUE_NULL;
        if (!filled[place]) {
            return;
        }
        try {
            Cells.set(schema.field(place).type(), page, columns[place], row);
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

    /// One JSON value into one cell. Leaves the parser at the value, or at its end.
    static final class Cells {
        private Cells() {}

        /// @throws ProblemException of fault ROW when the value is none of the type
        static void set(Type type, Page page, dev.mortise.spi.batch.Column column, int row) {
            JsonParser parser = page.parser();
            JsonToken token = parser.currentToken();
            if (type == Scalar.JSON) {
                raw(page, (BytesColumn) column, row);
            } else if (token == JsonToken.VALUE_STRING) {
                string(type, parser, column, row);
            } else if (type == Scalar.TEXT) {
                raw(page, (BytesColumn) column, row);
            } else if (token.isStructStart()) {
                throw new ProblemException(expected(type.text(), token));
            } else if (token.isNumeric()) {
                number(type, parser, column, row);
            } else if (type == Scalar.BOOL) {
                ((IntColumn) column).set(row, token == JsonToken.VALUE_TRUE ? 1 : 0);
            } else {
                throw new ProblemException(expected(type.text(), token));
            }
        }

        static Problem expected(String what, @Nullable JsonToken token) {
            String got =
                    switch (token) {
                        case START_OBJECT, END_OBJECT -> "an object";
                        case START_ARRAY, END_ARRAY -> "an array";
                        case VALUE_STRING -> "a string";
                        case VALUE_TRUE -> "'true'";
                        case VALUE_FALSE -> "'false'";
                        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
                        case null, default -> "nothing";
                    };
            return Problem.of(
                    ProblemCode.CAST_FAILED,
                    "expected " + what + ", got " + got,
                    "mend the value, or give the column another type in the resource");
        }

        /// The value as it stands in the page.
        private static void raw(Page page, BytesColumn column, int row) {
            JsonParser parser = page.parser();
            long start = parser.currentTokenLocation().getByteOffset();
            parser.skipChildren();
            parser.finishToken();
            int length = (int) (parser.currentLocation().getByteOffset() - start);
            if (parser.currentToken().isNumeric()) {
                column.set(row, parser.getString());
                return;
            }
            column.set(row, page.bytes(), page.at(start), length);
        }

        private static void string(
                Type type, JsonParser parser, dev.mortise.spi.batch.Column column, int row) {
            if (type == Scalar.TEXT) {
                text(parser, (BytesColumn) column, row);
            } else {
                Cell.parse(type, parser.getString(), column, row);
            }
        }

        /// Most text is ASCII and goes from the parser's buffer into the column as it is.
        private static void text(JsonParser parser, BytesColumn column, int row) {
            char[] chars = parser.getStringCharacters();
            int start = parser.getStringOffset();
            int length = parser.getStringLength();
            byte[] bytes = column.reserve(row, length);
            int at = column.start(row);
            for (int i = 0; i < length; i++) {
                char c = chars[start + i];
                if (c >= 0x80) {
                    column.set(row, new String(chars, start, length));
                    return;
                }
                bytes[at + i] = (byte) c;
            }
            column.close(row, length);
        }

        private static void number(
                Type type, JsonParser parser, dev.mortise.spi.batch.Column column, int row) {
            try {
                if (type instanceof Decimal decimal) {
                    Cell.setDecimal(decimal, parser.getDecimalValue(), column, row);
                } else if (column instanceof DoubleColumn reals) {
                    real(type, parser, reals, row);
                } else if (column instanceof LongColumn longs
                        && type == Scalar.INT64
                        && parser.isExpectedNumberIntToken()) {
                    longs.set(row, parser.getLongValue());
                } else {
                    Cell.parse(type, whole(parser), column, row);
                }
            } catch (JacksonException | ArithmeticException e) {
                throw new ProblemException(
                        Problem.of(
                                ProblemCode.VALUE_OUT_OF_RANGE,
                                "expected %s, got '%s'".formatted(type.text(), parser.getString()),
                                "mend the value, or widen the column"),
                        e);
            }
        }

        private static void real(Type type, JsonParser parser, DoubleColumn column, int row) {
            double value = parser.getDoubleValue();
            double kept = type == Scalar.FLOAT32 ? (float) value : value;
            if (Double.isInfinite(kept)) {
                throw new ArithmeticException("too large");
            }
            column.set(row, kept);
        }

        /// A number without fraction as digits; any other as it is written, which no whole type
        /// takes.
        private static String whole(JsonParser parser) {
            if (parser.isExpectedNumberIntToken()) {
                return parser.getString();
            }
            BigDecimal value = parser.getDecimalValue();
            boolean small = Math.abs((long) value.scale()) < 400;
            return small && value.stripTrailingZeros().scale() <= 0
                    ? value.toBigIntegerExact().toString()
                    : parser.getString();
        }
    }
}
