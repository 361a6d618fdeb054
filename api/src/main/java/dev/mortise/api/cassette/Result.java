package dev.mortise.api.cassette;

import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Schema;
import dev.mortise.spi.type.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What reading gave: enough to say whether another reading gives the same, and else where not.
///
/// @param columns by name, in order, with their types
/// @param key columns that tell rows apart; none when the resource has no key
public record Result(Map<String, String> columns, List<String> key, Sums sums) {
    private static final int NAMED_MAX = 10;

    public Result {
        columns = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        key = List.copyOf(key);
    }

    /// @param rejected records that did not become rows
    /// @param hash of all rows in order: 16 hex digits
    /// @param byColumn the same of each column's values
    /// @param byRow 8 hex digits a row, of the first [Sums#ROWS_MAX]
    public record Sums(
            long rows,
            long rejected,
            String hash,
            Map<String, String> byColumn,
            List<String> byRow) {
        /// Rows that can be told apart one by one.
        public static final int ROWS_MAX = 5_000;

        public Sums {
            byColumn = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(byColumn));
            byRow = List.copyOf(byRow);
        }
    }

    /// The columns as rows have them.
    public Schema schema() {
        return new Schema(
                columns.entrySet().stream()
                        .map(column -> Field.of(column.getKey(), Type.parse(column.getValue())))
                        .toList());
    }

    /// What differs from an earlier result, a clause each; none when all is the same.
    public List<String> differences(Result before) {
        List<String> found = new ArrayList<>();
        before.columns.forEach(
                (name, type) -> {
                    String now = columns.get(name);
                    if (now == null) {
                        found.add("column '" + name + "' is gone");
                    } else if (!now.equals(type)) {
                        found.add("column '%s' is %s, was %s".formatted(name, now, type));
                    }
                });
        columns.keySet().stream()
                .filter(name -> !before.columns.containsKey(name))
                .forEach(name -> found.add("column '" + name + "' is new"));
        if (!key.equals(before.key)) {
            found.add("the key is %s, was %s".formatted(key, before.key));
        }
        if (sums.rows != before.sums.rows) {
            found.add("%d rows, recorded %d".formatted(sums.rows, before.sums.rows));
        }
        if (sums.rejected != before.sums.rejected) {
            found.add("%d rejected, recorded %d".formatted(sums.rejected, before.sums.rejected));
        }
        if (!sums.hash.equals(before.sums.hash)) {
            values(before, found);
            if (found.isEmpty()) {
                found.add("other rejects, or rows and rejects in another order");
            }
        }
        return found;
    }

    private void values(Result before, List<String> found) {
        sums.byColumn.forEach(
                (name, hash) -> {
                    String then = before.sums.byColumn.get(name);
                    if (then != null && !then.equals(hash)) {
                        found.add("values of column '" + name + "' differ");
                    }
                });
        List<String> rows = new ArrayList<>();
        int both = Math.min(sums.byRow.size(), before.sums.byRow.size());
        for (int i = 0; i < both && rows.size() <= NAMED_MAX; i++) {
            if (!sums.byRow.get(i).equals(before.sums.byRow.get(i))) {
                rows.add(rows.size() < NAMED_MAX ? Integer.toString(i + 1) : "…");
            }
        }
        if (!rows.isEmpty()) {
            found.add("rows that differ: " + String.join(", ", rows));
        }
    }
}
