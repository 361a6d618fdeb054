package dev.mortise.connectors.memory;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.BytesColumn;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.batch.RowJson;
import dev.mortise.spi.connect.Lane;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.RejectedRow;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.connect.Target;
import dev.mortise.spi.connect.WriteMode;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Gathers the batches of a transaction and hands them to the store at its commit.
final class MemoryLane implements Lane {
    private static final Pattern LIMITED = Pattern.compile("text\\((\\d{1,9})\\)");

    private final MemoryStore store;
    private final Target target;
    private final long epoch;
    private final List<Batch> pending = new ArrayList<>();
    private final Set<List<String>> pendingKeys = new HashSet<>();

    MemoryLane(MemoryStore store, Target target, long epoch) {
        this.store = store;
        this.target = target;
        this.epoch = epoch;
    }

    @Override
    public int write(Batch batch, Rejects rejects) {
        int[] accepted = new int[batch.rows()];
        int count = 0;
        synchronized (store) {
            store.task(target.task()).checkEpoch(epoch);
            Table table = table();
            for (int row = 0; row < accepted.length; row++) {
                RejectedRow rejected = refuse(table, batch, row);
                if (rejected == null) {
                    accepted[count++] = row;
                } else {
                    rejects.reject(rejected);
                }
            }
        }
        pending.add(batch.select(accepted, count));
        return count;
    }

    /// Where the rows of this run go.
    private Table table() {
        Table shadow = store.task(target.task()).shadow();
        return shadow == null ? store.table(target.dataset()) : shadow;
    }

    private @Nullable RejectedRow refuse(Table table, Batch batch, int row) {
        for (Field field : table.dataset().schema().fields()) {
            int place = batch.schema().indexOf(field.name());
            Problem problem = place < 0 ? null : refuse(field, batch.column(place), row);
            if (problem != null) {
                return new RejectedRow(problem, field.name(), RowJson.of(batch, row));
            }
        }
        List<String> key = table.dataset().key();
        boolean unique = target.mode() == WriteMode.APPEND || target.mode() == WriteMode.REPLACE;
        if (unique && !key.isEmpty()) {
            List<String> arriving = new Row(batch, row).key(key);
            if (table.holds(arriving) || !pendingKeys.add(arriving)) {
                return new RejectedRow(taken(arriving), key.getFirst(), RowJson.of(batch, row));
            }
        }
        return null;
    }

    private Problem taken(List<String> key) {
        return new Problem(
                ProblemCode.KEY_TAKEN,
                "a row with the key " + key + " is there already",
                target.dataset(),
                "use 'mode: upsert' to replace it");
    }

    private @Nullable Problem refuse(Field field, Column column, int row) {
        if (column.isNull(row)) {
            return field.nullable()
                    ? null
                    : new Problem(
                            ProblemCode.CONSTRAINT_BROKEN,
                            "column '" + field.name() + "' expects a value, got null",
                            target.dataset(),
                            "map a value to it, or let the column be null");
        }
        Matcher limit = LIMITED.matcher(field.nativeType() == null ? "" : field.nativeType());
        if (limit.matches() && column instanceof BytesColumn text) {
            int most = Integer.parseInt(limit.group(1));
            int length = text.text(row).codePointCount(0, text.text(row).length());
            return length <= most
                    ? null
                    : new Problem(
                            ProblemCode.VALUE_TOO_LONG,
                            "column '%s' expects at most %d characters, got %d"
                                    .formatted(field.name(), most, length),
                            target.dataset(),
                            "shorten the value, or widen the column");
        }
        return null;
    }

    @Override
    public void commit(Range range, @Nullable Range rest, long rowsRejected) {
        synchronized (store) {
            Task task = store.task(target.task());
            task.checkEpoch(epoch);
            if (task.stands(range)) {
                Table table = table();
                checkKeys(table);
                table.put(pending);
                long written = pending.stream().mapToLong(Batch::rows).sum();
                task.advance(range, rest, written, rowsRejected);
            }
        }
        abort();
    }

    /// Another lane may have committed the same key since [#write]. A second try rejects the row.
    private void checkKeys(Table table) {
        if (pendingKeys.stream().anyMatch(table::holds)) {
            throw new ProblemException(
                    new Problem(
                            ProblemCode.DEADLOCK,
                            "another writer took a key of this transaction",
                            target.dataset(),
                            "run again: it resumes where it stood"));
        }
    }

    @Override
    public void abort() {
        pending.clear();
        pendingKeys.clear();
    }

    @Override
    public void close() {
        abort();
    }
}
