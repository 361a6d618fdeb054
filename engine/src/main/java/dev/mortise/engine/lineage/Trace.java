package dev.mortise.engine.lineage;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the columns of a step, or of a table inside a query, come from.
///
/// @param rows what decides which rows there are; it is part of every column's lineage
public record Trace(List<Column> columns, Set<Origin> rows) {
    public Trace {
        columns = List.copyOf(columns);
        rows = Collections.unmodifiableSet(new LinkedHashSet<>(rows));
    }

    /// @param origins what its values come from
    public record Column(String name, Set<Origin> origins) {
        public Column {
            origins = Collections.unmodifiableSet(new LinkedHashSet<>(origins));
        }

        Column named(String other) {
            return new Column(other, origins);
        }
    }

    public Optional<Column> find(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }

    /// Where the values of a column come from; nothing for one it does not have.
    public Set<Origin> values(String name) {
        return find(name).map(Column::origins).orElse(Set.of());
    }

    public Set<Origin> values() {
        Set<Origin> all = new LinkedHashSet<>();
        columns.forEach(column -> all.addAll(column.origins()));
        return all;
    }

    /// All it depends on, rows and values.
    Set<Origin> everything() {
        Set<Origin> all = values();
        all.addAll(rows);
        return all;
    }

    /// The same columns, with more that decides over the rows.
    public Trace decidedBy(Collection<Origin> origins, How how) {
        Set<Origin> all = new LinkedHashSet<>(rows);
        all.addAll(Origin.as(origins, how));
        return new Trace(columns, all);
    }

    /// The same columns under other names, in order; those beyond the names keep theirs.
    public Trace named(List<String> names) {
        List<Column> renamed = new ArrayList<>(columns);
        for (int i = 0; i < Math.min(names.size(), renamed.size()); i++) {
            renamed.set(i, renamed.get(i).named(names.get(i)));
        }
        return new Trace(renamed, rows);
    }

    /// Columns of which only this is known: they come from some of the inputs' columns.
    static Trace unclear(Collection<Trace> inputs, List<String> names) {
        Set<Origin> all = new LinkedHashSet<>();
        inputs.forEach(input -> all.addAll(Origin.as(input.everything(), How.MAY)));
        return new Trace(names.stream().map(name -> new Column(name, all)).toList(), all);
    }
}
