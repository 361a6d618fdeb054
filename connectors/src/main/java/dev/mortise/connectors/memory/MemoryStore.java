package dev.mortise.connectors.memory;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Datasets of one name space, shared by all connections of the process that name it. Tests seed
/// and inspect it here. Every method is one transaction: it holds the store's lock.
public final class MemoryStore {
    private static final Map<String, MemoryStore> STORES = new ConcurrentHashMap<>();

    private final Map<String, Table> tables = new TreeMap<>();
    private final Map<String, Task> tasks = new TreeMap<>();

    private MemoryStore() {}

    /// The store of a name, made at the first call.
    public static MemoryStore named(String name) {
        return STORES.computeIfAbsent(name, _ -> new MemoryStore());
    }

    /// Makes a dataset, in place of any of that name.
    public synchronized void put(Dataset dataset, List<Batch> batches) {
        Table table = new Table(dataset);
        table.put(batches);
        tables.put(dataset.name(), table);
    }

    /// Adds rows to a dataset; one with a key that is there takes its place.
    public synchronized void append(String dataset, List<Batch> batches) {
        table(dataset).put(batches);
    }

    /// All rows of a dataset, with all its columns.
    public synchronized List<Batch> read(String dataset) {
        Table table = table(dataset);
        return table.batches(table.dataset().schema());
    }

    public synchronized void drop(String dataset) {
        tables.remove(dataset);
    }

    /// Forgets every dataset and every run.
    public synchronized void clear() {
        tables.clear();
        tasks.clear();
    }

    /// Names of all datasets, sorted.
    public synchronized List<String> names() {
        return List.copyOf(tables.keySet());
    }

    synchronized Dataset describe(String name) {
        Table table = table(name);
        Dataset plain = table.dataset();
        return new Dataset(
                name,
                plain.schema(),
                plain.key(),
                table.rows().size(),
                plain.references(),
                plain.comment());
    }

    Table table(String name) {
        Table table = find(name);
        if (table == null) {
            throw ProblemException.of(
                    ProblemCode.DATASET_MISSING,
                    "no dataset '" + name + "'",
                    Nearest.fix(name, tables.keySet()));
        }
        return table;
    }

    @Nullable Table find(String name) {
        return tables.get(name);
    }

    void keep(Table table) {
        tables.put(table.dataset().name(), table);
    }

    Task task(String name) {
        return tasks.computeIfAbsent(name, Task::new);
    }
}
