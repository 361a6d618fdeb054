package dev.mortise.connectors.file;

import dev.mortise.connectors.file.RowFormat.RowReader;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.BytesColumn;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.batch.RowJson;
import dev.mortise.spi.connect.RejectedRow;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import dev.mortise.spi.type.Type;
import java.io.IOException;
import org.dhatim.fastexcel.reader.Row;
import org.jspecify.annotations.Nullable;

/// Rows of a sheet as batches. Empty rows are no rows.
final class XlsxReader implements RowReader {
    private final String name;
    private final XlsxFormat.Opened opened;
    private final Schema schema;
    private final int[] places;
    private final Rejects rejects;
    private final boolean date1904;
    private final XlsxCell[] cells;

    XlsxReader(String name, XlsxFormat.Opened opened, Schema schema, Rejects rejects) {
        this.name = name;
        this.opened = opened;
        this.schema = schema;
        this.rejects = rejects;
        this.date1904 = opened.workbook().isDate1904();
        this.cells = new XlsxCell[opened.names().size()];
        this.places = new int[schema.size()];
        for (int i = 0; i < places.length; i++) {
            String column = schema.field(i).name();
            places[i] = opened.names().indexOf(column);
            if (places[i] < 0) {
                throw ProblemException.of(
                                ProblemCode.COLUMN_MISSING,
                                "expected a column '" + column + "', the sheet has none",
                                Nearest.fix(column, opened.names()))
                        .at(name);
            }
        }
    }

    @Override
    public @Nullable Batch next() throws IOException {
        try {
            Column[] columns = Batch.columns(schema, Batch.ROWS_MAX);
            int[] good = new int[Batch.ROWS_MAX];
            int count = 0;
            int rows = 0;
            long bytes = 0;
            while (rows < Batch.ROWS_MAX && bytes < Batch.BYTES_MAX && opened.rows().hasNext()) {
                Row row = opened.rows().next();
                int filled = take(row);
                bytes += filled;
                if (filled > 0) {
                    good[count] = rows;
                    count += set(row, columns, rows++) ? 1 : 0;
                }
            }
            if (rows == 0) {
                return null;
            }
            Batch batch = new Batch(schema, columns, rows);
            return count == 0 ? next() : count == rows ? batch : batch.select(good, count);
        } catch (RuntimeException e) {
            throw XlsxCell.problem(e, name);
        }
    }

    /// Takes the cells of a row; answers about how many bytes they have, 0 for an empty row.
    private int take(Row row) {
        int bytes = 0;
        for (int i = 0; i < cells.length; i++) {
            cells[i] = XlsxCell.of(row, i, date1904);
            String text = cells[i].text();
            bytes += text == null ? 0 : text.length() + 1;
        }
        return bytes;
    }

    private boolean set(Row row, Column[] columns, int at) {
        for (int i = 0; i < columns.length; i++) {
            Problem problem = cell(cells[places[i]], schema.field(i).type(), columns[i], at);
            if (problem != null) {
                reject(row, i, problem);
                for (int j = i; j < columns.length; j++) {
                    columns[j].setNull(at);
                }
                return false;
            }
        }
        return true;
    }

    private static @Nullable Problem cell(XlsxCell cell, Type type, Column out, int row) {
        boolean real = type == Scalar.FLOAT32 || type == Scalar.FLOAT64;
        String text = real ? cell.text() : cell.rounded();
        if (cell.kind() == XlsxCell.Kind.ERROR) {
            return Spelling.failed(type, String.valueOf(text)).problem();
        }
        if (text == null) {
            out.setNull(row);
            return null;
        }
        if (type == Scalar.TEXT) {
            ((BytesColumn) out).set(row, text);
            return null;
        }
        try {
            Spelling.PLAIN.parse(type, text, out, row);
            return null;
        } catch (ProblemException e) {
            return e.problem();
        }
    }

    private void reject(Row row, int column, Problem why) {
        String columnName = schema.field(column).name();
        String address = XlsxCell.address(row.getRowNum(), places[column]);
        Problem problem =
                new Problem(
                        why.code(),
                        "column '" + columnName + "': " + why.message(),
                        name + ":" + opened.sheet().getName() + "!" + address,
                        why.fix());
        rejects.reject(new RejectedRow(problem, columnName, json()));
    }

    private String json() {
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < cells.length; i++) {
            json.append(i == 0 ? "" : ",");
            RowJson.quote(opened.names().get(i), json);
            String text = cells[i].text();
            json.append(':');
            if (text == null) {
                json.append("null");
            } else {
                RowJson.quote(text, json);
            }
        }
        return json.append('}').toString();
    }

    @Override
    public void close() throws IOException {
        opened.close();
    }
}
