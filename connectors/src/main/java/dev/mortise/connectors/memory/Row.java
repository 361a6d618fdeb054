package dev.mortise.connectors.memory;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.BytesColumn;
import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.batch.DoubleColumn;
import dev.mortise.spi.batch.IntColumn;
import dev.mortise.spi.batch.LongColumn;
import dev.mortise.spi.batch.WideColumn;
import dev.mortise.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;

/// A row where it lies in a batch. Batches never change, so neither does a row.
record Row(Batch batch, int place) {
    static List<Row> of(List<Batch> batches) {
        List<Row> rows = new ArrayList<>();
        for (Batch batch : batches) {
            for (int i = 0; i < batch.rows(); i++) {
                rows.add(new Row(batch, i));
            }
        }
        return rows;
    }

    /// The texts of the key columns. A null is a text of its own.
    List<String> key(List<String> columns) {
        List<String> key = new ArrayList<>(columns.size());
        for (String name : columns) {
            int at = batch.schema().indexOf(name);
            Column column = batch.column(at);
            key.add(
                    column.isNull(place)
                            ? "\0null"
                            : Cell.text(batch.field(at).type(), column, place));
        }
        return key;
    }

    /// The rows as one batch with the wanted columns; a column a row does not have is null.
    static Batch gather(Schema schema, List<Row> rows) {
        Column[] columns = Batch.columns(schema, rows.size());
        for (int i = 0; i < columns.length; i++) {
            String name = schema.field(i).name();
            for (int row = 0; row < columns[i].capacity(); row++) {
                rows.get(row).copy(name, columns[i], row);
            }
        }
        return new Batch(schema, columns, rows.size());
    }

    private void copy(String name, Column to, int row) {
        int at = batch.schema().indexOf(name);
        if (at < 0 || batch.column(at).isNull(place)) {
            to.setNull(row);
            return;
        }
        switch (batch.column(at)) {
            case IntColumn from -> ((IntColumn) to).set(row, from.value(place));
            case LongColumn from -> ((LongColumn) to).set(row, from.value(place));
            case DoubleColumn from -> ((DoubleColumn) to).set(row, from.value(place));
            case WideColumn from -> ((WideColumn) to).set(row, from.high(place), from.low(place));
            case BytesColumn from ->
                    ((BytesColumn) to)
                            .set(row, from.bytes(), from.start(place), from.length(place));
        }
    }
}
