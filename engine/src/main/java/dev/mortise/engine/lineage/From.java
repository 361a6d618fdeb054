package dev.mortise.engine.lineage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What stands behind FROM.
///
/// @param relations in order
/// @param merged by name in lower case, the columns that USING makes one
/// @param rows what decides which rows there are
record From(List<Relation> relations, Map<String, Set<Origin>> merged, Set<Origin> rows) {
    static final From NOTHING = new From(List.of(), Map.of(), Set.of());

    From {
        relations = List.copyOf(relations);
        merged = Map.copyOf(merged);
        rows = Collections.unmodifiableSet(new LinkedHashSet<>(rows));
    }

    /// @param name the name that columns are qualified by
    record Relation(String name, List<Trace.Column> columns) {
        Relation {
            columns = List.copyOf(columns);
        }
    }

    static From of(String name, Trace trace) {
        return new From(List.of(new Relation(name, trace.columns())), Map.of(), trace.rows());
    }

    /// Both sides, the right one after the left one.
    From and(From right) {
        List<Relation> both = new ArrayList<>(relations);
        both.addAll(right.relations);
        Map<String, Set<Origin>> names = new HashMap<>(right.merged);
        names.putAll(merged);
        Set<Origin> all = new LinkedHashSet<>(rows);
        all.addAll(right.rows);
        return new From(both, names, all);
    }

    /// @param name in lower case
    From merging(String name, Set<Origin> origins) {
        Map<String, Set<Origin>> names = new HashMap<>(merged);
        names.put(name, origins);
        return new From(relations, names, rows);
    }

    From decidedBy(Set<Origin> origins, How how) {
        Set<Origin> all = new LinkedHashSet<>(rows);
        all.addAll(Origin.as(origins, how));
        return new From(relations, merged, all);
    }

    /// The rows as they are now, but only what the other one shows.
    From showing(From other) {
        return new From(other.relations, other.merged, rows);
    }
}
