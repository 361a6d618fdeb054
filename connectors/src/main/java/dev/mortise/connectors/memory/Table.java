package dev.mortise.connectors.memory;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.type.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The rows of one dataset, in the order they came. With a key it holds one row a key. Guarded by
/// the lock of its store.
final class Table {
    private final Dataset dataset;
    private final List<Row> heap = new ArrayList<>();
    private final Map<List<String>, Row> keyed = new LinkedHashMap<>();
    private long version;

    Table(Dataset dataset) {
        this.dataset = dataset;
    }

    Dataset dataset() {
        return dataset;
    }

    /// Rises with every change.
    long version() {
        return version;
    }

    private boolean hasKey() {
        return !dataset.key().isEmpty();
    }

    boolean isEmpty() {
        return heap.isEmpty() && keyed.isEmpty();
    }

    boolean holds(List<String> key) {
        return keyed.containsKey(key);
    }

    /// Adds rows; one with a key that is there takes its place, save in columns that did not come.
    void put(List<Batch> batches) {
        version++;
        batches.forEach(this::put);
    }

    private void put(Batch batch) {
        List<Row> arrived = Row.of(List.of(batch));
        boolean whole = batch.schema().names().equals(dataset.schema().names());
        Batch full = whole ? batch : Row.gather(dataset.schema(), arrived);
        List<Row> rows = Row.of(List.of(full));
        if (!hasKey()) {
            heap.addAll(rows);
            return;
        }
        Set<String> names = Set.copyOf(batch.schema().names());
        for (Row row : rows) {
            keyed.merge(
                    row.key(dataset.key()),
                    row,
                    (old, fresh) -> whole ? fresh : merged(old, fresh, names));
        }
    }

    /// The new row in the named columns, the old one in the others.
    private static Row merged(Row old, Row fresh, Set<String> names) {
        Batch before = old.batch().slice(old.place(), old.place() + 1);
        Batch after = fresh.batch().slice(fresh.place(), fresh.place() + 1);
        Column[] columns = new Column[before.schema().size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = (names.contains(before.field(i).name()) ? after : before).column(i);
        }
        return new Row(new Batch(before.schema(), columns, 1), 0);
    }

    /// Deletes the rows whose key is not among those of another table.
    void keepOnly(Table others) {
        version++;
        Set<List<String>> kept = new HashSet<>(others.keyed.keySet());
        keyed.keySet().removeIf(key -> !kept.contains(key));
    }

    /// Some columns of the rows as they are now.
    List<Batch> batches(Schema columns) {
        List<Row> rows = rows();
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < rows.size(); i += Batch.ROWS_MAX) {
            int end = Math.min(rows.size(), i + Batch.ROWS_MAX);
            batches.add(Row.gather(columns, rows.subList(i, end)));
        }
        return batches;
    }

    /// The rows as they are now.
    List<Row> rows() {
        return List.copyOf(hasKey() ? keyed.values() : heap);
    }

    /// The same rows under a key.
    Table keyedBy(List<String> key) {
        Table table = new Table(Dataset.of(dataset.name(), dataset.schema(), key));
        table.put(batches(dataset.schema()));
        return table;
    }
}
