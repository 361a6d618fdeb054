package dev.mortise.connectors.file;

import dev.mortise.connectors.file.CsvScanner.Place;
import dev.mortise.connectors.file.RowFormat.RowReader;
import dev.mortise.connectors.file.RowFormat.Span;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.connect.RejectedRow;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Schema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// JSON objects as batches, one object a row.
final class JsonReader implements RowReader {
    private static final int RAW_CHARS_MAX = 64 << 10;

    private final Setting setting;
    private final Pieces pieces;
    private final Schema schema;
    private final JsonCells cells;
    private final Rejects rejects;

    /// @param plain whether places of the pieces are places in the file
    /// @param end where the span ends
    record Setting(String name, JsonFactory factory, boolean plain, long end) {}

    /// Byte ranges that hold one JSON value each.
    interface Pieces extends AutoCloseable {
        boolean next() throws IOException;

        byte[] bytes();

        int start();

        int end();

        long line();

        /// The place after the current piece; null when reading cannot begin there.
        @Nullable Place place();

        @Override
        void close() throws IOException;
    }

    /// Each line is a piece. Two bytes that JSON never holds stand for delimiter and quote.
    static final class Lines implements Pieces {
        static final FileFormat.Dialect DIALECT =
                new FileFormat.Dialect(false, (byte) 0, (byte) 1, "utf-8");

        private final CsvScanner scanner;

        Lines(CsvScanner scanner) {
            this.scanner = scanner;
        }

        @Override
        public boolean next() throws IOException {
            return scanner.next(1) == 1;
        }

        @Override
        public byte[] bytes() {
            return scanner.bytes();
        }

        @Override
        public int start() {
            return scanner.rowStart(0);
        }

        @Override
        public int end() {
            return scanner.rowEnd(0);
        }

        @Override
        public long line() {
            return scanner.line(0);
        }

        @Override
        public Place place() {
            return scanner.place();
        }

        @Override
        public void close() throws IOException {
            scanner.close();
        }
    }

    JsonReader(Setting setting, Pieces pieces, Schema schema, JsonCells cells, Rejects rejects) {
        this.setting = setting;
        this.pieces = pieces;
        this.schema = schema;
        this.cells = cells;
        this.rejects = rejects;
    }

    @Override
    public @Nullable Batch next() throws IOException {
        Column[] columns = Batch.columns(schema, Batch.ROWS_MAX);
        int[] good = new int[Batch.ROWS_MAX];
        int count = 0;
        int rows = 0;
        long bytes = 0;
        while (bytes < Batch.BYTES_MAX && rows < Batch.ROWS_MAX && pieces.next()) {
            bytes += pieces.end() - pieces.start();
            Problem problem = read(columns, rows);
            if (problem == null) {
                good[count++] = rows;
            } else {
                rejects.reject(
                        new RejectedRow(
                                problem.at(setting.name() + ":" + pieces.line()),
                                cells.column(),
                                raw()));
            }
            rows++;
        }
        if (rows == 0) {
            return null;
        }
        Batch batch = new Batch(schema, columns, rows);
        if (count == rows) {
            return batch;
        }
        return count == 0 ? next() : batch.select(good, count);
    }

    private @Nullable Problem read(Column[] columns, int row) {
        try (JsonParser parser = parser(setting.factory(), pieces)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                setNull(columns, row);
                return malformed("expected an object");
            }
            Problem problem = cells.read(parser, columns, row);
            boolean more = problem == null && parser.nextToken() != null;
            return more ? malformed("expected one object in the line, got more") : problem;
        } catch (JacksonException | ProblemException e) {
            // Cells set before the fault lie in columns that were not nulled: the row is dropped,
            // but each column must have a cell for it.
            setNull(columns, row);
            return e instanceof ProblemException problem
                    ? problem.problem()
                    : malformed("expected JSON, got this: " + shortened((JacksonException) e));
        }
    }

    private static String shortened(JacksonException e) {
        String message = String.valueOf(e.getOriginalMessage());
        return message.substring(0, Math.min(message.length(), 200));
    }

    private static void setNull(Column[] columns, int row) {
        for (Column column : columns) {
            column.setNull(row);
        }
    }

    private static Problem malformed(String message) {
        return Problem.of(ProblemCode.ROW_MALFORMED, message, "mend the line");
    }

    static JsonParser parser(JsonFactory factory, Pieces pieces) {
        return factory.createParser(
                ObjectReadContext.empty(),
                pieces.bytes(),
                pieces.start(),
                pieces.end() - pieces.start());
    }

    private String raw() {
        String text =
                new String(
                        pieces.bytes(),
                        pieces.start(),
                        pieces.end() - pieces.start(),
                        StandardCharsets.UTF_8);
        return text.substring(0, Math.min(text.length(), RAW_CHARS_MAX));
    }

    @Override
    public @Nullable Span rest() {
        Place place = setting.plain() ? pieces.place() : null;
        return place == null ? null : new Span(place.offset(), setting.end(), place.line());
    }

    @Override
    public void close() throws IOException {
        pieces.close();
    }
}
