package dev.mortise.connectors.postgres;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.type.Schema;
import java.util.List;

/// Gathers rows of binary `COPY` as they are. Only their ends are looked for, so that a batch can
/// be cut where a target refuses a row.
final class EncodedRows implements RowAssembly {
    /// A sixteenth more than last time.
    private static final int SPARE = 16;

    private static final int BYTES_FIRST = 256 * 1024;

    private final Schema schema;
    private final List<PostgresColumn> columns;
    private final CopyHeader header = new CopyHeader();
    private CopyBuffer buffer = new CopyBuffer(0);
    private int[] ends = {};
    private int rows;
    private int expected = BYTES_FIRST;

    EncodedRows(Schema schema, List<PostgresColumn> columns) {
        this.schema = schema;
        this.columns = columns;
    }

    @Override
    public void begin() {
        buffer = new CopyBuffer(expected);
        ends = new int[Batch.ROWS_MAX];
        rows = 0;
    }

    @Override
    public boolean full() {
        return rows == Batch.ROWS_MAX || buffer.end >= Batch.BYTES_MAX;
    }

    @Override
    public void add(byte[] message) {
        int start = header.end(message);
        int at = start;
        while (at < message.length && Bytes.int16(message, at) >= 0) {
            at = next(message, at);
            ends[rows++] = buffer.end + at - start;
        }
        System.arraycopy(message, start, buffer.reserve(at - start), buffer.end, at - start);
        buffer.end += at - start;
    }

    /// Where the row after the one at `at` starts.
    private static int next(byte[] message, int at) {
        int cells = Bytes.int16(message, at);
        int end = at + 2;
        for (int i = 0; i < cells; i++) {
            end += 4 + Math.max(0, Bytes.int32(message, end));
        }
        return end;
    }

    @Override
    public Batch end() {
        if (rows == Batch.ROWS_MAX) {
            expected = buffer.end + buffer.end / SPARE;
        }
        return new Batch(schema, new CopyBytes(schema, columns, buffer.bytes, ends, 0, rows));
    }
}
