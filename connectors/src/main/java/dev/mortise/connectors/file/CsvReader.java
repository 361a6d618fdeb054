package dev.mortise.connectors.file;

import dev.mortise.connectors.file.RowFormat.RowReader;
import dev.mortise.connectors.file.RowFormat.Span;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.BytesColumn;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.batch.RowJson;
import dev.mortise.spi.connect.RejectedRow;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.spelling.CellReader;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import dev.mortise.spi.type.Type;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows of delimited text as batches. A block of rows is scanned, then read column by column, so
/// that the inner loop reads one type. A row with a bad cell keeps its place in the block, marked,
/// and is taken out when the batch is closed.
final class CsvReader implements RowReader {
    private static final int BLOCK_ROWS = 512;
    private static final int RAW_BYTES_MAX = 64 << 10;
    private static final int GOOD = -1;
    private static final int MALFORMED = -2;

    private final Setting setting;
    private final CsvScanner scanner;
    private final Schema schema;
    private final int[] places;
    private final Rejects rejects;
    private final CellReader[] readers;
    private final boolean nullWords;

    /// First bad column of each row of the batch, or [#GOOD] or [#MALFORMED].
    private final int[] bad = new int[Batch.ROWS_MAX];

    private byte[] scratch = new byte[256];
    private int badRows;

    /// What a reader needs to know of its file.
    ///
    /// @param names of all columns of the file, for rejected rows
    /// @param plain whether scanned places are places in the file
    /// @param end where the span ends
    record Setting(
            String name,
            FileFormat format,
            Limits limits,
            List<String> names,
            boolean plain,
            long end) {
        Spelling spelling() {
            return format.spelling();
        }
    }

    /// @param places where the wanted columns stand in a row
    CsvReader(Setting setting, CsvScanner scanner, Schema schema, int[] places, Rejects rejects) {
        this.setting = setting;
        this.scanner = scanner;
        this.schema = schema;
        this.places = places;
        this.rejects = rejects;
        this.nullWords = !setting.spelling().nulls().isEmpty();
        this.readers = new CellReader[schema.size()];
        for (int i = 0; i < readers.length; i++) {
            readers[i] = setting.spelling().reader(schema.field(i).type());
        }
    }

    @Override
    public @Nullable Batch next() throws IOException {
        while (true) {
            Column[] columns = Batch.columns(schema, Batch.ROWS_MAX);
            int rows = fill(columns);
            if (rows == 0) {
                return null;
            }
            Batch batch = new Batch(schema, columns, rows);
            if (badRows < rows) {
                return badRows == 0 ? batch : good(batch);
            }
        }
    }

    private Batch good(Batch batch) {
        int[] wanted = new int[batch.rows() - badRows];
        int count = 0;
        for (int row = 0; row < batch.rows(); row++) {
            if (bad[row] == GOOD) {
                wanted[count++] = row;
            }
        }
        return batch.select(wanted, count);
    }

    private int fill(Column[] columns) throws IOException {
        int filled = 0;
        badRows = 0;
        long bytes = 0;
        while (filled < Batch.ROWS_MAX && bytes < Batch.BYTES_MAX) {
            int rows = block(Math.min(BLOCK_ROWS, Batch.ROWS_MAX - filled));
            if (rows == 0) {
                break;
            }
            check(rows, filled);
            for (int i = 0; i < columns.length; i++) {
                read(i, rows, columns[i], filled);
            }
            reject(rows, filled);
            filled += rows;
            bytes += scanner.rowEnd(rows - 1) - scanner.rowStart(0);
        }
        return filled;
    }

    private int block(int rowsMax) throws IOException {
        try {
            return scanner.next(rowsMax);
        } catch (ProblemException e) {
            throw new ProblemException(
                    new Problem(
                            e.problem().code(),
                            e.problem().message(),
                            setting.name() + ":" + e.problem().place(),
                            e.problem().fix()),
                    e);
        }
    }

    /// Marks rows that are no rows.
    private void check(int rows, int filled) {
        int width = setting.names().size();
        for (int row = 0; row < rows; row++) {
            boolean whole = scanner.width(row) == width && scanner.state(row) <= CsvScanner.HIGH;
            bad[filled + row] = whole ? GOOD : MALFORMED;
        }
    }

    private void read(int column, int rows, Column out, int filled) {
        CellReader reader = readers[column];
        byte[] b = scanner.bytes();
        int place = places[column];
        int valueBytesMax = setting.limits().valueBytes();
        for (int row = 0; row < rows; row++) {
            int at = filled + row;
            if (bad[at] != GOOD) {
                out.setNull(at);
                continue;
            }
            int start = scanner.start(row, place);
            int end = scanner.end(row, place);
            boolean usual =
                    end > start
                            && end - start <= valueBytesMax
                            && scanner.state(row) == CsvScanner.FINE
                            && !nullWords;
            if (!(usual && reader.read(b, start, end, out, at)) && !slow(column, row, out, at)) {
                bad[at] = column;
                out.setNull(at);
            }
        }
    }

    /// Everything but a plain value: nothing, null words, doubled quotes, characters outside
    /// ASCII, and spellings the quick reader does not know.
    private boolean slow(int column, int row, Column out, int at) {
        int place = places[column];
        int start = scanner.start(row, place);
        int end = scanner.end(row, place);
        Type type = schema.field(column).type();
        if (start == end || isNull(setting.spelling(), scanner, row, place)) {
            setEmpty(type, start == end && scanner.quoted(row, place), out, at);
            return true;
        }
        byte[] b = scanner.bytes();
        if (end < 0) {
            end = unquoted(start, ~end);
            b = scratch;
            start = 0;
        }
        boolean proper = end - start <= setting.limits().valueBytes();
        if (!proper || (scanner.state(row) == CsvScanner.HIGH && !Charsets.utf8(b, start, end))) {
            return false;
        }
        if (readers[column].read(b, start, end, out, at)) {
            return true;
        }
        return spelled(type, new String(b, start, end - start, StandardCharsets.UTF_8), out, at);
    }

    /// Nothing at all is null; nothing in quotes is the empty text.
    private static void setEmpty(Type type, boolean quoted, Column out, int at) {
        if (quoted && type == Scalar.TEXT) {
            ((BytesColumn) out).set(at, new byte[0]);
        } else {
            out.setNull(at);
        }
    }

    private boolean spelled(Type type, String text, Column out, int at) {
        try {
            setting.spelling().parse(type, text, out, at);
            return true;
        } catch (ProblemException _) {
            return false;
        }
    }

    /// Copies a cell with doubled quotes into the scratch without the doubles.
    private int unquoted(int start, int end) {
        byte quote = setting.format().dialect().quote();
        byte[] b = scanner.bytes();
        if (scratch.length < end - start) {
            scratch = new byte[Math.max(end - start, scratch.length * 2)];
        }
        int length = 0;
        for (int i = start; i < end; i++) {
            scratch[length++] = b[i];
            i += b[i] == quote ? 1 : 0;
        }
        return length;
    }

    static boolean isNull(Spelling spelling, CsvScanner scanner, int row, int cell) {
        int start = scanner.start(row, cell);
        int end = scanner.end(row, cell);
        return !spelling.nulls().isEmpty()
                && end >= start
                && !scanner.quoted(row, cell)
                && spelling.nulls()
                        .contains(
                                new String(
                                        scanner.bytes(),
                                        start,
                                        end - start,
                                        StandardCharsets.UTF_8));
    }

    /// The text of a cell, without the doubles of its quotes.
    static String text(CsvScanner scanner, int row, int cell) {
        int start = scanner.start(row, cell);
        int end = scanner.end(row, cell);
        int stop = end < 0 ? ~end : end;
        String text = new String(scanner.bytes(), start, stop - start, StandardCharsets.UTF_8);
        String quote = scanner.quote();
        return end < 0 ? text.replace(quote + quote, quote) : text;
    }

    private void reject(int rows, int filled) {
        for (int row = 0; row < rows; row++) {
            int column = bad[filled + row];
            if (column == MALFORMED) {
                rejects.reject(malformed(row));
                badRows++;
            } else if (column != GOOD) {
                rejects.reject(uncast(row, column));
                badRows++;
            }
        }
    }

    private RejectedRow malformed(int row) {
        String message =
                switch (scanner.state(row)) {
                    case CsvScanner.STRAY ->
                            "expected a delimiter after a closing quote, got something else";
                    case CsvScanner.OPEN -> "expected a closing quote, got the end of the file";
                    default ->
                            "expected %d columns, got %d"
                                    .formatted(setting.names().size(), scanner.width(row));
                };
        Problem problem =
                new Problem(
                        ProblemCode.ROW_MALFORMED,
                        message,
                        place(row),
                        "mend the line, or check delimiter and quote under 'formats'");
        return new RejectedRow(problem, null, raw(row));
    }

    private String raw(int row) {
        int start = scanner.rowStart(row);
        int length = Math.min(scanner.rowEnd(row) - start, RAW_BYTES_MAX);
        return new String(scanner.bytes(), start, length, StandardCharsets.UTF_8);
    }

    private RejectedRow uncast(int row, int column) {
        String name = schema.field(column).name();
        Problem why = why(schema.field(column).type(), row, places[column]);
        Problem problem =
                new Problem(
                        why.code(),
                        "column '" + name + "': " + why.message(),
                        place(row),
                        why.fix());
        return new RejectedRow(problem, name, json(row));
    }

    /// Reads a bad cell once more to learn what is wrong with it.
    private Problem why(Type type, int row, int place) {
        int start = scanner.start(row, place);
        int end = scanner.end(row, place);
        int stop = end < 0 ? ~end : end;
        if (stop - start > setting.limits().valueBytes()) {
            return Problem.of(
                    ProblemCode.VALUE_TOO_LONG,
                    "a value may have %d bytes, this one has %d"
                            .formatted(setting.limits().valueBytes(), stop - start),
                    "shorten the value, or raise 'value_bytes_max'");
        }
        if (!Charsets.utf8(scanner.bytes(), start, stop)) {
            return Problem.of(
                    ProblemCode.CAST_FAILED,
                    "expected text in the charset of the file, got bytes that are none",
                    "mend the value, or set 'charset' under 'formats'");
        }
        String text = text(scanner, row, place);
        try {
            setting.spelling().parse(type, text, Column.of(type, 1), 0);
            return Spelling.failed(type, text).problem();
        } catch (ProblemException e) {
            return e.problem();
        }
    }

    private String place(int row) {
        return setting.name() + ":" + scanner.line(row);
    }

    private String json(int row) {
        StringBuilder json = new StringBuilder(64).append('{');
        for (int i = 0; i < setting.names().size(); i++) {
            json.append(i == 0 ? "" : ",");
            RowJson.quote(setting.names().get(i), json);
            json.append(':');
            String text = text(scanner, row, i);
            RowJson.quote(text.substring(0, Math.min(text.length(), RAW_BYTES_MAX)), json);
        }
        return json.append('}').toString();
    }

    @Override
    public @Nullable Span rest() {
        if (!setting.plain()) {
            return null;
        }
        CsvScanner.Place place = scanner.place();
        return new Span(place.offset(), setting.end(), place.line());
    }

    @Override
    public void close() throws IOException {
        scanner.close();
    }
}
