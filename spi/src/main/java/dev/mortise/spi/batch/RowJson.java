package dev.mortise.spi.batch;

/// A row as a JSON object: names as keys, canonical texts as strings, null as null. All values are
/// strings, so that no number loses digits on the way through a JSON reader.
public final class RowJson {
    private RowJson() {}

    public static String of(Batch batch, int row) {
        Encoded encoded = batch.encoded();
        if (encoded != null) {
            return encoded.json(row);
        }
        StringBuilder json = new StringBuilder(64).append('{');
        for (int i = 0; i < batch.schema().size(); i++) {
            json.append(i == 0 ? "" : ",");
            quote(batch.field(i).name(), json);
            json.append(':');
            Column column = batch.column(i);
            if (column.isNull(row)) {
                json.append("null");
            } else {
                quote(Cell.text(batch.field(i).type(), column, row), json);
            }
        }
        return json.append('}').toString();
    }

    /// Appends a JSON string.
    public static void quote(String text, StringBuilder json) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            escape(text.charAt(i), json);
        }
        json.append('"');
    }

    private static void escape(char c, StringBuilder json) {
        switch (c) {
            case '"' -> json.append("\\\"");
            case '\\' -> json.append("\\\\");
            case '\n' -> json.append("\\n");
            case '\r' -> json.append("\\r");
            case '\t' -> json.append("\\t");
            default -> {
                if (c < ' ') {
                    json.append("\\u%04x".formatted((int) c));
                } else {
                    json.append(c);
                }
            }
        }
    }
}
