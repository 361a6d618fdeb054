package dev.mortise.connectors.mysql;

import dev.mortise.connectors.mysql.MySqlTable.MySqlColumn;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.batch.RowJson;
import dev.mortise.spi.connect.RejectedRow;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;

/// Fills batches with rows of the binary protocol. Rows with a cell that no value of ours stands
/// for are set aside once the batch is full.
final class RowReader {
    /// Behind the header byte, the bitmap of nulls leaves two bits free.
    private static final int NULLS_AT = 1;

    private static final int NULLS_SHIFT = 2;

    private final Schema schema;
    private final CellReader[] cells;
    private final int firstCell;
    private final List<BadCell> bad = new ArrayList<>();
    private Column[] columns;
    private int rows;
    private long bytes;

    private record BadCell(int row, int column, String value, String why) {}

    /// @param columns all columns of the rows, in order; a constant stands before them
    RowReader(List<MySqlColumn> columns) {
        this.schema = new Schema(columns.stream().map(MySqlColumn::field).toList());
        this.cells = new CellReader[columns.size()];
        for (int i = 0; i < cells.length; i++) {
            int place = i;
            cells[i] =
                    CellReader.of(
                            columns.get(i),
                            (row, value, why) -> bad.add(new BadCell(row, place, value, why)));
        }
        // The constant is an empty text: one byte, its length.
        this.firstCell = NULLS_AT + (cells.length + 1 + NULLS_SHIFT + 7) / 8 + 1;
        this.columns = new Column[0];
        start();
    }

    private void start() {
        columns = Batch.columns(schema, Batch.ROWS_MAX);
        for (int i = 0; i < cells.length; i++) {
            cells[i].into(columns[i]);
        }
        bad.clear();
        rows = 0;
        bytes = 0;
    }

    boolean full() {
        return rows == Batch.ROWS_MAX || bytes >= Batch.BYTES_MAX;
    }

    int rows() {
        return rows;
    }

    void add(byte[] row) {
        int at = firstCell;
        for (int i = 0; i < cells.length; i++) {
            int bit = i + 1 + NULLS_SHIFT;
            if ((row[NULLS_AT + (bit >> 3)] & 1 << (bit & 7)) != 0) {
                cells[i].setNull(rows);
            } else {
                at = cells[i].read(row, at, rows);
            }
        }
        rows++;
        bytes += row.length;
    }

    /// Canonical text of a cell of the last row; null where it has none.
    List<String> lastKey(List<Integer> places) {
        List<String> key = new ArrayList<>();
        for (int place : places) {
            boolean unreadable =
                    columns[place].isNull(rows - 1)
                            || bad.stream().anyMatch(b -> b.column() == place);
            if (unreadable) {
                return List.of();
            }
            key.add(Cell.text(schema.field(place).type(), columns[place], rows - 1));
        }
        return key;
    }

    /// The good rows so far, of the first columns that make up the wanted schema; starts anew.
    Batch take(Schema wanted, Rejects rejects) {
        Column[] kept = new Column[wanted.size()];
        System.arraycopy(columns, 0, kept, 0, kept.length);
        Batch batch = new Batch(wanted, kept, rows);
        if (!bad.isEmpty()) {
            batch = withoutBad(batch, rejects);
        }
        start();
        return batch;
    }

    private Batch withoutBad(Batch batch, Rejects rejects) {
        int[] good = new int[rows];
        int count = 0;
        for (int row = 0; row < rows; row++) {
            int current = row;
            List<BadCell> cellsOfRow = bad.stream().filter(b -> b.row() == current).toList();
            if (cellsOfRow.isEmpty()) {
                good[count++] = row;
            } else {
                rejects.reject(rejected(cellsOfRow, row));
            }
        }
        return batch.select(good, count);
    }

    private RejectedRow rejected(List<BadCell> cellsOfRow, int row) {
        BadCell first = cellsOfRow.getFirst();
        String name = schema.field(first.column()).name();
        Problem problem =
                Problem.of(
                        ProblemCode.VALUE_OUT_OF_RANGE,
                        "column '%s': %s, got '%s'".formatted(name, first.why(), first.value()),
                        "mend the value in the source, or leave the column out");
        return new RejectedRow(problem, name, json(cellsOfRow, row));
    }

    private String json(List<BadCell> cellsOfRow, int row) {
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < schema.size(); i++) {
            Field field = schema.field(i);
            json.append(i == 0 ? "" : ",");
            RowJson.quote(field.name(), json);
            json.append(':');
            int place = i;
            String raw =
                    cellsOfRow.stream()
                            .filter(b -> b.column() == place)
                            .map(BadCell::value)
                            .findFirst()
                            .orElse(null);
            if (raw != null) {
                RowJson.quote(raw, json);
            } else if (columns[i].isNull(row)) {
                json.append("null");
            } else {
                RowJson.quote(Cell.text(field.type(), columns[i], row), json);
            }
        }
        return json.append('}').toString();
    }
}
