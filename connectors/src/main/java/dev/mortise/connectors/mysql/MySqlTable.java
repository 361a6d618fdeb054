package dev.mortise.connectors.mysql;

import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.type.Schema;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A table as the catalogue describes it.
///
/// @param uniques unique indexes over whole columns, the primary key first
/// @param partialUniques whether there are unique indexes over prefixes or expressions
/// @param rows from statistics
/// @param rowBytes bytes an average row takes, from statistics
record MySqlTable(
        TableName name,
        List<MySqlColumn> columns,
        List<Unique> uniques,
        boolean partialUniques,
        List<String> references,
        long rows,
        long rowBytes,
        @Nullable String comment) {

    /// @param required whether none of the columns may be null
    record Unique(String index, List<String> columns, boolean required) {}

    MySqlTable {
        columns = List.copyOf(columns);
        uniques = List.copyOf(uniques);
        references = List.copyOf(references);
    }

    Schema schema() {
        return new Schema(columns.stream().map(MySqlColumn::field).toList());
    }

    /// The primary key, or else the first unique key without nulls.
    List<String> key() {
        return uniques.stream()
                .filter(Unique::required)
                .findFirst()
                .map(Unique::columns)
                .orElse(List.of());
    }

    Optional<MySqlColumn> find(String column) {
        return columns.stream().filter(c -> c.name().equals(column)).findFirst();
    }

    MySqlColumn column(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("no column " + name));
    }

    Dataset dataset(String ownDatabase) {
        return new Dataset(name.shown(ownDatabase), schema(), key(), rows, references, comment);
    }
}
