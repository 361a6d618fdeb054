package dev.mortise.connectors.file;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.BytesColumn;
import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.batch.Times;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import dev.mortise.spi.type.Type;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/// Rows as delimited text. Null is nothing at all, the empty text is two quotes, and a text that
/// would read as a null word stands in quotes.
final class CsvEncoder implements RowEncoder {
    private final FileFormat format;
    private final byte delimiter;
    private final byte quote;
    private final boolean guards;
    private final int[] places;
    private final boolean plain;

    /// @param guards whether texts that a spreadsheet would run get a quote before them
    /// @param places which arriving column stands where; -1 for one that does not arrive
    CsvEncoder(FileFormat format, boolean guards, int[] places) {
        this.format = format;
        this.delimiter = format.dialect().delimiter();
        this.quote = format.dialect().quote();
        this.guards = guards;
        this.places = places.clone();
        this.plain = format.spelling().equals(Spelling.PLAIN);
    }

    @Override
    public void begin(Schema schema, TextBuffer out) {
        if (!format.dialect().header()) {
            return;
        }
        for (int i = 0; i < schema.size(); i++) {
            if (i > 0) {
                out.put(delimiter);
            }
            byte[] name = schema.field(i).name().getBytes(StandardCharsets.UTF_8);
            text(name, 0, name.length, out);
        }
        out.put('\n');
    }

    @Override
    public void row(Batch batch, int row, TextBuffer out) {
        for (int i = 0; i < places.length; i++) {
            if (i > 0) {
                out.put(delimiter);
            }
            int place = places[i];
            if (place >= 0 && !batch.column(place).isNull(row)) {
                cell(batch.field(place).type(), batch.column(place), row, out);
            }
        }
        out.put('\n');
    }

    private void cell(Type type, Column column, int row, TextBuffer out) {
        if (column instanceof BytesColumn bytes && type != Scalar.BYTES) {
            guard(bytes, row, out);
            if (!guarded(bytes, row)) {
                text(bytes.bytes(), bytes.start(row), bytes.length(row), out);
            }
        } else if (plain) {
            out.put(type, column, row);
        } else {
            byte[] text = spelled(type, column, row).getBytes(StandardCharsets.UTF_8);
            text(text, 0, text.length, out);
        }
    }

    private boolean guarded(BytesColumn bytes, int row) {
        int first = bytes.length(row) == 0 ? 0 : bytes.bytes()[bytes.start(row)];
        return guards && first != 0 && "=+-@\t\r".indexOf(first) >= 0;
    }

    private void guard(BytesColumn bytes, int row, TextBuffer out) {
        if (guarded(bytes, row)) {
            byte[] text = ("'" + bytes.text(row)).getBytes(StandardCharsets.UTF_8);
            text(text, 0, text.length, out);
        }
    }

    private void text(byte[] b, int start, int length, TextBuffer out) {
        if (length > 0 && !needsQuotes(b, start, length)) {
            out.put(b, start, length);
            return;
        }
        out.put(quote);
        for (int i = start; i < start + length; i++) {
            if (b[i] == quote) {
                out.put(quote);
            }
            out.put(b[i]);
        }
        out.put(quote);
    }

    private boolean needsQuotes(byte[] b, int start, int length) {
        for (int i = start; i < start + length; i++) {
            byte c = b[i];
            if (c == delimiter || c == quote || c == '\n' || c == '\r') {
                return true;
            }
        }
        // A file whose first name begins with the mark of UTF-8 would lose it.
        boolean mark = b[start] == (byte) 0xEF;
        return mark
                || (!plain
                        && format.spelling()
                                .nulls()
                                .contains(new String(b, start, length, StandardCharsets.UTF_8)));
    }

    /// The value in the spelling of the file.
    private String spelled(Type type, Column column, int row) {
        Spelling spelling = format.spelling();
        String text = Cell.text(type, column, row);
        if (type == Scalar.DATE && !spelling.dates().isEmpty()) {
            return spelling.dates().getFirst().format(LocalDate.ofEpochDay(Times.parseDate(text)));
        }
        if (type == Scalar.TIMESTAMP && !spelling.timestamps().isEmpty()) {
            return spelling.timestamps()
                    .getFirst()
                    .format(Times.dateTime(Times.parseTimestamp(text)));
        }
        boolean fraction =
                type instanceof Decimal || type == Scalar.FLOAT32 || type == Scalar.FLOAT64;
        return fraction ? text.replace('.', spelling.decimal()) : text;
    }
}
