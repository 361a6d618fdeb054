package dev.mortise.connectors.postgres;

import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.type.Schema;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A table or view as the catalogue describes it.
///
/// @param kind `relkind`: r table, p partitioned, v view, m materialized view, f foreign table
/// @param uniques column lists of the unique indexes that hold for all rows, the primary key first
/// @param key columns of the primary key, or of a unique key without nulls
/// @param rowsEstimated from statistics; -1 when there are none
/// @param parent whether other tables inherit from it
record PostgresTable(
        long oid,
        String schema,
        String name,
        char kind,
        List<PostgresColumn> columns,
        List<List<String>> uniques,
        List<String> key,
        long rowsEstimated,
        boolean parent,
        List<String> references,
        @Nullable String comment) {

    String quoted() {
        return Sql.name(schema) + "." + Sql.name(name);
    }

    Optional<PostgresColumn> find(String column) {
        return columns.stream().filter(c -> c.name().equals(column)).findFirst();
    }

    List<String> columnNames() {
        return columns.stream().map(PostgresColumn::name).toList();
    }

    /// Whether rows can be told apart by these columns, in any order.
    boolean unique(List<String> wanted) {
        return uniques.stream()
                .anyMatch(u -> u.size() == wanted.size() && new HashSet<>(u).containsAll(wanted));
    }

    /// Whether it has rows in blocks of its own, so that `ctid` finds them.
    boolean heap() {
        return (kind == 'r' && !parent) || kind == 'm';
    }

    Dataset dataset(String as) {
        Schema shape = new Schema(columns.stream().map(PostgresColumn::field).toList());
        return new Dataset(as, shape, key, rowsEstimated, references, comment);
    }
}
