package dev.mortise.connectors.mysql;

import dev.mortise.connectors.mysql.MySqlTable.MySqlColumn;
import dev.mortise.connectors.mysql.MySqlTable.TableName;
import dev.mortise.spi.connect.Target;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The table a task writes to, the tables it needs beside it, and the statements between them.
///
/// @param existing the table as it stands; empty when it is to be made
/// @param columns what is written, in the order it arrives
/// @param key as the target names it
record WriteTable(
        TableName name,
        Optional<MySqlTable> existing,
        List<MySqlColumn> columns,
        List<String> key,
        String task,
        boolean mariaDb) {

    private static final int HASH_DIGITS = 16;

    static WriteTable of(
            Target target,
            TableName name,
            Optional<MySqlTable> existing,
            List<MySqlColumn> columns,
            boolean mariaDb) {
        return new WriteTable(name, existing, columns, target.key(), target.task(), mariaDb);
    }

    /// Holds the rows of REPLACE until they take the table's place.
    TableName shadow() {
        return own("new");
    }

    /// The table of before, for the moment between the swap and its end.
    TableName old() {
        return own("old");
    }

    /// Holds the rows of MIRROR until they are merged.
    TableName stage() {
        return own("stage");
    }

    /// Holds the rows of one batch of UPSERT. Each session has its own.
    TableName batch() {
        return own("batch");
    }

    private TableName own(String word) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest((task + "\n" + name).getBytes(StandardCharsets.UTF_8));
            String digits = HexFormat.of().formatHex(hash).substring(0, HASH_DIGITS);
            return name.sibling(MySqlCatalog.OWN_PREFIX + word + "_" + digits);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Makes the target itself, or an empty one like it under another name.
    String create(TableName as) {
        if (existing.isPresent()) {
            return "create table " + as.sql() + " like " + name.sql();
        }
        List<String> lines = new ArrayList<>();
        for (MySqlColumn column : columns) {
            lines.add(
                    column.ddl()
                            + (column.field().nullable() ? " null" : " not null")
                            + comment(column.field().comment()));
        }
        if (!key.isEmpty()) {
            lines.add("primary key (" + Sql.names(key) + ")");
        }
        return "create table "
                + as.sql()
                + " (\n  "
                + String.join(",\n  ", lines)
                + "\n) engine=InnoDB default charset=utf8mb4";
    }

    private static String comment(@Nullable String comment) {
        return comment == null ? "" : " comment " + Sql.text(comment);
    }

    /// Makes a table with the written columns and the key, and no other index or check.
    String createStage(TableName as, String kind) {
        String lines =
                columns.stream()
                        .map(c -> c.ddl() + (nullable(c) ? " null" : " not null"))
                        .collect(Collectors.joining(", "));
        return "create "
                + kind
                + " "
                + as.sql()
                + " ("
                + lines
                + ", primary key ("
                + Sql.names(key)
                + ")) engine=InnoDB default charset=utf8mb4";
    }

    private boolean nullable(MySqlColumn column) {
        return column.field().nullable() && !key.contains(column.name());
    }

    /// Whether the key is unique there and nothing else is: only then does the server's own upsert
    /// find the row by this key and no other.
    private boolean keyIsTheOnlyUnique() {
        if (existing.isEmpty()) {
            return true;
        }
        MySqlTable table = existing.get();
        return !table.partialUniques()
                && table.uniques().size() == 1
                && table.uniques().getFirst().columns().size() == key.size()
                && table.uniques().getFirst().columns().containsAll(key);
    }

    /// Statements that update the rows of the target whose key is in `from` and add the others.
    List<String> merge(TableName from) {
        List<String> names = columns.stream().map(MySqlColumn::name).toList();
        List<String> values = names.stream().filter(n -> !key.contains(n)).toList();
        String insert =
                "insert into "
                        + name.sql()
                        + " ("
                        + Sql.names(names)
                        + ") select "
                        + Sql.names("s", names)
                        + " from "
                        + from.sql()
                        + " s";
        if (keyIsTheOnlyUnique()) {
            List<String> set = values.isEmpty() ? key : values;
            return List.of(insert + " on duplicate key update " + assignments("", set));
        }
        String add =
                insert + " left join " + name.sql() + " t on " + on() + " where " + absent("t");
        if (values.isEmpty()) {
            return List.of(add);
        }
        String update =
                "update "
                        + name.sql()
                        + " t join "
                        + from.sql()
                        + " s on "
                        + on()
                        + " set "
                        + assignments("t.", values);
        return List.of(update, add);
    }

    private String assignments(String prefix, List<String> names) {
        String target = prefix.isEmpty() ? name.sql() + "." : prefix;
        return names.stream()
                .map(n -> target + Sql.name(n) + " = s." + Sql.name(n))
                .collect(Collectors.joining(", "));
    }

    private String on() {
        return key.stream()
                .map(k -> "t." + Sql.name(k) + " = s." + Sql.name(k))
                .collect(Collectors.joining(" and "));
    }

    private String absent(String alias) {
        return alias + "." + Sql.name(key.getFirst()) + " is null";
    }

    /// Deletes the rows of the target whose key is not in `from`.
    String deleteMissing(TableName from) {
        return "delete t from "
                + name.sql()
                + " t left join "
                + from.sql()
                + " s on "
                + on()
                + " where "
                + absent("s");
    }

    /// Foreign keys are not copied with a table; their names are the server's to choose.
    List<String> foreignKeys(TableName as, List<String> definitions) {
        return definitions.stream().map(d -> "alter table " + as.sql() + " add " + d).toList();
    }
}
