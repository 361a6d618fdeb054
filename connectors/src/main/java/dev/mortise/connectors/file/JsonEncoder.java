package dev.mortise.connectors.file;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.BytesColumn;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.batch.DoubleColumn;
import dev.mortise.spi.batch.RowJson;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import dev.mortise.spi.type.Type;
import java.nio.charset.StandardCharsets;

/// Rows as JSON objects, one a line. Numbers and truths are bare, json stays what it is, and the
/// rest is canonical text.
final class JsonEncoder implements RowEncoder {
    private static final String HEX = "0123456789abcdef";

    private final byte[][] names;

    JsonEncoder(Schema schema) {
        this.names = new byte[schema.size()][];
        for (int i = 0; i < names.length; i++) {
            StringBuilder json = new StringBuilder(i == 0 ? "{" : ",");
            RowJson.quote(schema.field(i).name(), json);
            names[i] = json.append(':').toString().getBytes(StandardCharsets.UTF_8);
        }
    }

    @Override
    public void row(Batch batch, int row, TextBuffer out) {
        for (int i = 0; i < names.length; i++) {
            out.put(names[i], 0, names[i].length);
            Column column = batch.column(i);
            if (column.isNull(row)) {
                out.put("null");
            } else {
                cell(batch.field(i).type(), column, row, out);
            }
        }
        out.put(names.length == 0 ? "{}\n" : "}\n");
    }

    private static void cell(Type type, Column column, int row, TextBuffer out) {
        if (type == Scalar.TEXT) {
            text((BytesColumn) column, row, out);
        } else if (type == Scalar.JSON) {
            json((BytesColumn) column, row, out);
        } else if (bare(type, column, row)) {
            out.put(type, column, row);
        } else {
            out.put('"');
            out.put(type, column, row);
            out.put('"');
        }
    }

    private static boolean bare(Type type, Column column, int row) {
        return switch (type) {
            case Decimal _ -> true;
            case Scalar scalar ->
                    switch (scalar) {
                        case BOOL, INT8, INT16, INT32, INT64, UINT64 -> true;
                        case FLOAT32, FLOAT64 ->
                                Double.isFinite(((DoubleColumn) column).value(row));
                        case TEXT, JSON, BYTES, DATE, TIME, TIMESTAMP, TIMESTAMPTZ, UUID -> false;
                    };
        };
    }

    private static void text(BytesColumn text, int row, TextBuffer out) {
        byte[] b = text.bytes();
        int end = text.start(row) + text.length(row);
        out.put('"');
        int from = text.start(row);
        for (int i = from; i < end; i++) {
            byte c = b[i];
            if (c == '"' || c == '\\' || (c >= 0 && c < ' ')) {
                out.put(b, from, i - from);
                escape(c, out);
                from = i + 1;
            }
        }
        out.put(b, from, end - from);
        out.put('"');
    }

    private static void escape(byte c, TextBuffer out) {
        out.put('\\');
        switch (c) {
            case '"', '\\' -> out.put(c);
            case '\n' -> out.put('n');
            case '\r' -> out.put('r');
            case '\t' -> out.put('t');
            default -> {
                out.put("u00");
                out.put(HEX.charAt(c >> 4));
                out.put(HEX.charAt(c & 15));
            }
        }
    }

    /// In JSON a line end can only be a blank between tokens, and an object must stay in one line.
    private static void json(BytesColumn json, int row, TextBuffer out) {
        byte[] b = json.bytes();
        int end = json.start(row) + json.length(row);
        for (int i = json.start(row); i < end; i++) {
            out.put(b[i] == '\n' || b[i] == '\r' ? ' ' : b[i]);
        }
        if (json.length(row) == 0) {
            out.put("null");
        }
    }
}
