package dev.mortise.connectors.memory;

import dev.mortise.spi.connect.Claim;
import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.connect.Lane;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.Sink;
import dev.mortise.spi.connect.SinkPlan;
import dev.mortise.spi.connect.Target;
import dev.mortise.spi.connect.WriteMode;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes one step into a store. REPLACE and MIRROR fill a shadow table that [#finish] publishes.
final class MemorySink implements Sink {
    private final MemoryStore store;
    private final Target target;
    private long epoch;

    /// @throws dev.mortise.spi.problem.ProblemException DATASET_MISSING
    MemorySink(MemoryStore store, Target target) {
        this.store = store;
        this.target = target;
        synchronized (store) {
            if (!target.create()) {
                store.table(target.dataset());
            }
        }
    }

    @Override
    public SinkPlan plan() {
        synchronized (store) {
            Table table = store.find(target.dataset());
            Schema there = table == null ? target.schema() : table.dataset().schema();
            List<Field> fields = new ArrayList<>();
            Map<String, String> nativeTypes = new HashMap<>();
            for (Field field : target.schema().fields()) {
                Field typed = field.typed(there.find(field.name()).orElse(field).type());
                fields.add(typed);
                nativeTypes.put(field.name(), typed.type().text());
            }
            return new SinkPlan(
                    new Schema(fields),
                    table == null ? List.of("make dataset " + target.dataset()) : List.of(),
                    nativeTypes,
                    Map.of(),
                    problems(there, table == null ? target.key() : table.dataset().key()));
        }
    }

    private List<Problem> problems(Schema there, List<String> key) {
        List<Problem> problems = new ArrayList<>();
        for (String name : target.schema().names()) {
            if (!there.has(name)) {
                problems.add(
                        problem(
                                ProblemCode.COLUMN_MISSING,
                                "no column '" + name + "'",
                                Nearest.fix(name, there.names())));
            }
        }
        for (Field field : there.fields()) {
            if (!field.nullable() && !target.schema().has(field.name())) {
                problems.add(
                        problem(
                                ProblemCode.COLUMN_REQUIRED,
                                "column '" + field.name() + "' needs a value",
                                "map a value to it"));
            }
        }
        if (keyed() && (target.key().isEmpty() || !(key.isEmpty() || key.equals(target.key())))) {
            problems.add(
                    problem(
                            ProblemCode.KEY_REQUIRED,
                            "expected the key " + key + ", got " + target.key(),
                            "write 'key:' with the dataset's own key"));
        }
        return problems;
    }

    private Problem problem(ProblemCode code, String message, String fix) {
        return new Problem(code, message, target.dataset(), fix);
    }

    private boolean keyed() {
        return target.mode() == WriteMode.UPSERT || target.mode() == WriteMode.MIRROR;
    }

    private boolean publishesAtTheEnd() {
        return target.mode() == WriteMode.REPLACE || target.mode() == WriteMode.MIRROR;
    }

    @Override
    public Claim claim() {
        synchronized (store) {
            Claim claim = store.task(target.task()).claim(target.fence());
            epoch = claim.epoch();
            boolean lost = !publishesAtTheEnd() && claim.wrote() && !holdsRows();
            return lost ? claim.withoutParts() : claim;
        }
    }

    private boolean holdsRows() {
        Table table = store.find(target.dataset());
        return table != null && !table.isEmpty();
    }

    @Override
    public void begin(List<Range> parts) {
        synchronized (store) {
            Task task = store.task(target.task());
            task.checkEpoch(epoch);
            Table table = store.find(target.dataset());
            if (table == null) {
                table = new Table(Dataset.of(target.dataset(), declared(), target.key()));
                store.keep(table);
            } else if (keyed() && table.dataset().key().isEmpty()) {
                table = table.keyedBy(target.key());
                store.keep(table);
            }
            task.begin(parts, publishesAtTheEnd() ? new Table(table.dataset()) : null);
        }
    }

    /// The columns of a dataset made here: a key column takes no nulls.
    private Schema declared() {
        return new Schema(
                target.schema().fields().stream()
                        .map(
                                field ->
                                        target.key().contains(field.name())
                                                ? Field.required(field.name(), field.type())
                                                : field)
                        .toList());
    }

    @Override
    public Lane lane() {
        return new MemoryLane(store, target, epoch);
    }

    @Override
    public void finish(@Nullable String cursor) {
        synchronized (store) {
            Task task = store.task(target.task());
            task.checkEpoch(epoch);
            Table shadow = task.shadow();
            if (shadow != null && target.mode() == WriteMode.REPLACE) {
                store.keep(shadow);
            } else if (shadow != null) {
                Table table = store.table(target.dataset());
                table.put(shadow.batches(target.schema()));
                table.keepOnly(shadow);
            }
            task.finish(cursor);
        }
    }

    @Override
    public void close() {
        // Nothing is held between calls.
    }
}
