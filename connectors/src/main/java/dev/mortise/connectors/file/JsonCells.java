package dev.mortise.connectors.file;

import dev.mortise.spi.batch.BytesColumn;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.batch.RowJson;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.spelling.CellReader;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import dev.mortise.spi.type.Type;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Sets the cells of a row from a JSON object. Numbers keep every digit, what is nested stays
/// JSON text, and a name that comes twice or that nobody knows makes the row a bad one.
final class JsonCells {
    private static final int NESTED_MAX = 1_000;

    private final Schema schema;
    private final Set<String> known;
    private final CellReader[] readers;
    private final Type[] types;
    private final boolean[] seen;
    private @Nullable String column;

    /// @param known all names of the file; empty when unknown names are no matter
    JsonCells(Schema schema, Set<String> known) {
        this.schema = schema;
        this.known = known;
        this.seen = new boolean[schema.size()];
        this.types = new Type[schema.size()];
        this.readers = new CellReader[schema.size()];
        for (int i = 0; i < readers.length; i++) {
            types[i] = schema.field(i).type();
            readers[i] = CellReader.of(types[i], true);
        }
    }

    /// The column that the last problem was about; null for the row as a whole.
    @Nullable String column() {
        return column;
    }

    /// Reads the object the parser stands at. Every cell of the row is set afterwards.
    ///
    /// @return what is wrong with the row, or null
    @Nullable Problem read(JsonParser parser, Column[] columns, int row) {
        java.util.Arrays.fill(seen, false);
        column = null;
        Problem problem = null;
        while (problem == null && parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            int place = schema.indexOf(name);
            if (place < 0) {
                problem = known.isEmpty() || known.contains(name) ? null : unknown(name);
                parser.skipChildren();
            } else {
                problem = seen[place] ? twice(name) : cell(parser, place, columns[place], row);
                seen[place] |= problem == null;
            }
        }
        for (int i = 0; i < seen.length; i++) {
            if (!seen[i]) {
                columns[i].setNull(row);
            }
        }
        return problem;
    }

    private static Problem unknown(String name) {
        return Problem.of(
                ProblemCode.ROW_MALFORMED,
                "expected only names that the sample of the file has, got '" + name + "'",
                "raise 'sample_rows', name the column under 'columns', or list the columns to"
                        + " read");
    }

    private static Problem twice(String name) {
        return Problem.of(
                ProblemCode.ROW_MALFORMED,
                "expected each name once, got '" + name + "' twice",
                "mend the object");
    }

    private @Nullable Problem cell(JsonParser parser, int place, Column out, int row) {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            out.setNull(row);
            return null;
        }
        Type type = types[place];
        boolean nested = token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY;
        String text = nested || type == Scalar.JSON ? raw(parser) : parser.getString();
        if (nested && type != Scalar.TEXT && type != Scalar.JSON) {
            return bad(place, Spelling.failed(type, text).problem());
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0 && out instanceof BytesColumn empty && type == Scalar.TEXT) {
            empty.set(row, bytes);
            return null;
        }
        return readers[place].read(bytes, 0, bytes.length, out, row)
                ? null
                : spelled(place, text, out, row);
    }

    private @Nullable Problem spelled(int place, String text, Column out, int row) {
        try {
            Spelling.PLAIN.parse(types[place], text, out, row);
            return null;
        } catch (ProblemException e) {
            return bad(place, e.problem());
        }
    }

    private Problem bad(int place, Problem why) {
        column = schema.field(place).name();
        return new Problem(
                why.code(), "column '" + column + "': " + why.message(), why.place(), why.fix());
    }

    /// The value the parser stands at as JSON without blanks. Not by a generator: those turn
    /// numbers into doubles.
    static String raw(JsonParser parser) {
        StringBuilder json = new StringBuilder();
        int depth = 0;
        boolean comma = false;
        JsonToken token = parser.currentToken();
        while (true) {
            boolean closes = token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY;
            json.append(comma && !closes ? "," : "");
            append(parser, token, json);
            boolean opens = token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY;
            depth += opens ? 1 : closes ? -1 : 0;
            if (depth > NESTED_MAX) {
                throw ProblemException.of(
                        ProblemCode.ROW_MALFORMED,
                        "values may be nested " + NESTED_MAX + " deep, this one is deeper",
                        "flatten the value");
            }
            if (depth == 0) {
                return json.toString();
            }
            comma = !opens && token != JsonToken.PROPERTY_NAME;
            token = parser.nextToken();
        }
    }

    private static void append(JsonParser parser, JsonToken token, StringBuilder json) {
        switch (token) {
            case PROPERTY_NAME -> {
                RowJson.quote(parser.currentName(), json);
                json.append(':');
            }
            case VALUE_STRING -> RowJson.quote(parser.getString(), json);
            default -> json.append(parser.getString());
        }
    }
}
