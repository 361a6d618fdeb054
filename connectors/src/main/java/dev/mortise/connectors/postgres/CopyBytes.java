package dev.mortise.connectors.postgres;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.batch.Encoded;
import dev.mortise.spi.batch.RowJson;
import dev.mortise.spi.connect.RejectedRow;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Rows of binary `COPY`, neither header nor trailer among them.
final class CopyBytes implements Encoded {
    private final Schema schema;
    private final List<PostgresColumn> columns;
    private final byte[] bytes;
    private final int[] ends;
    private final int from;
    private final int to;

    /// @param ends where each row ends in `bytes`; a row starts where the one before ended
    /// @param from the first row
    /// @param to the row after the last
    CopyBytes(
            Schema schema,
            List<PostgresColumn> columns,
            byte[] bytes,
            int[] ends,
            int from,
            int to) {
        this.schema = schema;
        this.columns = columns;
        this.bytes = bytes;
        this.ends = ends;
        this.from = from;
        this.to = to;
    }

    /// What rows of some columns look like. Two types with the same bytes have one name: a varchar
    /// is a text, and the target sees to its length.
    static Optional<String> form(List<PostgresColumn> columns) {
        return columns.stream().allMatch(c -> c.form().direct())
                ? Optional.of(
                        columns.stream()
                                .map(CopyBytes::form)
                                .collect(Collectors.joining(",", "postgres:", "")))
                : Optional.empty();
    }

    private static String form(PostgresColumn column) {
        return switch (column.form()) {
            // The target would round to its own digits without a word.
            case NUMERIC, TIME, TIMESTAMP -> column.declaration() + "=" + column.type().text();
            case BOOL, INT2, INT4, INT8, OID, FLOAT4, FLOAT8, TEXT, BPCHAR, BYTEA, DATE, UUID ->
                    column.form().name();
            case JSON, JSONB, CAST_TEXT, CAST_JSON -> column.form().name();
        };
    }

    byte[] array() {
        return bytes;
    }

    /// Where the first row starts in [#array].
    int start() {
        return start(from);
    }

    private int start(int row) {
        return row == 0 ? 0 : ends[row - 1];
    }

    @Override
    public int rows() {
        return to - from;
    }

    @Override
    public long bytes() {
        return (long) start(to) - start(from);
    }

    @Override
    public Encoded slice(int start, int end) {
        return new CopyBytes(schema, columns, bytes, ends, from + start, from + end);
    }

    @Override
    public Column[] decode() {
        Batch batch =
                decode(
                        from,
                        to,
                        row -> {
                            throw new ProblemException(row.problem());
                        });
        Column[] decoded = new Column[schema.size()];
        for (int i = 0; i < decoded.length; i++) {
            decoded[i] = batch.column(i);
        }
        return decoded;
    }

    private Batch decode(int first, int end, Rejects rejects) {
        CopyRows rows = new CopyRows(schema, columns, rejects);
        rows.begin();
        for (int row = first; row < end; row++) {
            rows.addRow(bytes, start(row));
        }
        return rows.end();
    }

    @Override
    public String json(int row) {
        List<RejectedRow> rejected = new ArrayList<>();
        Batch batch = decode(from + row, from + row + 1, rejected::add);
        return rejected.isEmpty() ? RowJson.of(batch, 0) : rejected.getFirst().row();
    }
}
