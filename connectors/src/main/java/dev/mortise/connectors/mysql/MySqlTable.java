package dev.mortise.connectors.mysql;

import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Schema;
import dev.mortise.spi.type.Type;
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

    /// A column as the catalogue describes it.
    ///
    /// @param dataType the bare type: `int`, `varchar`, `json` (also where MariaDB checks a
    ///     longtext)
    /// @param columnType the type with its parameters: `int unsigned`, `varchar(20)`
    /// @param collation null unless it is text
    /// @param digits places after the point: of seconds for times, of the number for decimals
    /// @param generated whether the server computes it
    /// @param filled whether the server fills it when it is not written
    record MySqlColumn(
            Field field,
            String dataType,
            String columnType,
            @Nullable String collation,
            int digits,
            boolean generated,
            boolean filled) {

        String name() {
            return field.name();
        }

        Type type() {
            return field.type();
        }

        boolean unsigned() {
            return columnType.contains("unsigned");
        }

        /// The number in the brackets of the type, or -1.
        int length() {
            int open = columnType.indexOf('(');
            int end = open < 0 ? -1 : columnType.indexOf(')', open);
            String inside = end < 0 ? "" : columnType.substring(open + 1, end);
            return inside.matches("\\d{1,9}") ? Integer.parseInt(inside) : -1;
        }

        /// The column as it stands in DDL, without key, default and extras.
        String ddl() {
            String charset =
                    collation == null
                            ? ""
                            : " character set "
                                    + (collation.contains("_")
                                            ? collation.substring(0, collation.indexOf('_'))
                                            : collation)
                                    + " collate "
                                    + collation;
            return Sql.name(name()) + " " + columnType + charset;
        }
    }

    /// A table and the database it is in. Tables of the connection's own database go by their name
    /// alone, those of others by `database.table`.
    record TableName(String database, String table) {
        static TableName parse(String name, String ownDatabase) {
            int dot = name.indexOf('.');
            return dot < 0
                    ? new TableName(ownDatabase, name)
                    : new TableName(name.substring(0, dot), name.substring(dot + 1));
        }

        String shown(String ownDatabase) {
            return database.equals(ownDatabase) ? table : database + "." + table;
        }

        TableName sibling(String other) {
            return new TableName(database, other);
        }

        String sql() {
            return Sql.name(database) + "." + Sql.name(table);
        }
    }
}
