package dev.mortise.connectors.postgres;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.BytesColumn;
import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.batch.RowJson;
import dev.mortise.spi.connect.RejectedRow;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.type.Schema;
import dev.mortise.spi.type.Storage;
import dev.mortise.spi.type.Type;
import java.util.List;

/// Takes rows of binary `COPY` apart into the columns of a batch. A row with a value that no column
/// of ours can hold is rejected; the others stay.
final class CopyRows implements RowAssembly {
    /// A sixteenth more than last time.
    private static final int SPARE = 16;

    private final Schema schema;
    private final CellReader[] readers;
    private final Rejects rejects;
    private final int[] expected;
    private Column[] columns = {};
    private final CopyHeader header = new CopyHeader();
    private int row;
    private int bytes;
    private boolean[] bad = {};
    private int badRows;

    CopyRows(Schema schema, List<PostgresColumn> columns, Rejects rejects) {
        this.schema = schema;
        this.readers = columns.stream().map(CellReader::of).toArray(CellReader[]::new);
        this.rejects = rejects;
        this.expected = new int[readers.length];
    }

    @Override
    public void begin() {
        columns = new Column[readers.length];
        for (int i = 0; i < readers.length; i++) {
            columns[i] = column(i);
            readers[i].fill(columns[i]);
        }
        row = 0;
        bytes = 0;
        badRows = 0;
    }

    /// Texts of one column fill about as much in the next batch as in the last one; so the array
    /// seldom has to grow.
    private Column column(int place) {
        Type type = schema.field(place).type();
        return type.storage() == Storage.BYTES && expected[place] > 0
                ? new BytesColumn(Batch.ROWS_MAX, expected[place])
                : Column.of(type, Batch.ROWS_MAX);
    }

    @Override
    public boolean full() {
        return row == Batch.ROWS_MAX || bytes >= Batch.BYTES_MAX;
    }

    @Override
    public void add(byte[] message) {
        int at = header.end(message);
        while (at < message.length) {
            int cells = Bytes.int16(message, at);
            if (cells < 0) {
                return;
            }
            at = row(message, at + 2);
        }
        bytes += message.length;
    }

    private int row(byte[] message, int start) {
        int at = start;
        int failed = -1;
        int failedAt = 0;
        for (int i = 0; i < readers.length; i++) {
            int length = Bytes.int32(message, at);
            at += 4;
            if (length < 0) {
                columns[i].setNull(row);
                continue;
            }
            if (!readers[i].read(message, at, length, row)) {
                columns[i].setNull(row);
                failed = i;
                failedAt = at;
            }
            at += length;
        }
        if (failed >= 0) {
            refuse(message, failed, failedAt);
        }
        row++;
        return at;
    }

    private void refuse(byte[] message, int place, int at) {
        if (badRows == 0) {
            bad = new boolean[Batch.ROWS_MAX];
        }
        bad[row] = true;
        badRows++;
        String name = schema.field(place).name();
        String text = text(message, place, at);
        rejects.reject(
                new RejectedRow(
                        Problem.of(
                                ProblemCode.VALUE_OUT_OF_RANGE,
                                "column '%s' expects %s, got '%s'"
                                        .formatted(name, schema.field(place).type().text(), text),
                                "mend the value, or declare the digits of the column"),
                        name,
                        json(place, text)));
    }

    private String text(byte[] message, int place, int at) {
        return switch (schema.field(place).type()) {
            case dev.mortise.spi.type.Decimal _ -> NumericForm.text(message, at);
            case dev.mortise.spi.type.Scalar _ ->
                    Bytes.int32(message, at) > 0 ? "infinity" : "-infinity";
        };
    }

    private String json(int failed, String text) {
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < columns.length; i++) {
            json.append(i == 0 ? "" : ",");
            RowJson.quote(schema.field(i).name(), json);
            json.append(':');
            if (i != failed && columns[i].isNull(row)) {
                json.append("null");
            } else {
                RowJson.quote(
                        i == failed ? text : Cell.text(schema.field(i).type(), columns[i], row),
                        json);
            }
        }
        return json.append('}').toString();
    }

    /// Takes one row apart that starts at `at`, past any header.
    void addRow(byte[] message, int at) {
        row(message, at + 2);
    }

    @Override
    public Batch end() {
        Batch batch = new Batch(schema, columns, row);
        for (int i = 0; i < columns.length && row == Batch.ROWS_MAX; i++) {
            if (columns[i] instanceof BytesColumn texts) {
                int length = texts.start(row);
                expected[i] = length + length / SPARE;
            }
        }
        if (badRows == 0) {
            return batch;
        }
        int[] good = new int[row - badRows];
        int count = 0;
        for (int i = 0; i < row; i++) {
            if (!bad[i]) {
                good[count++] = i;
            }
        }
        return batch.select(good, count);
    }
}
