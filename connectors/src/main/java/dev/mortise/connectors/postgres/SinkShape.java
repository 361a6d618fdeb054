package dev.mortise.connectors.postgres;

import dev.mortise.spi.connect.Target;
import dev.mortise.spi.connect.WriteMode;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Loss;
import dev.mortise.spi.type.Schema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a sink writes to, settled before anything is changed.
///
/// @param table as it is, or as it will be made
/// @param exists whether it is there already
/// @param schemaExists whether its schema is
/// @param columns the columns written, in the order in which they arrive
/// @param publish how a shadow becomes the table; only in modes that have one
record SinkShape(
        Target target,
        PostgresTable table,
        boolean exists,
        boolean schemaExists,
        List<PostgresColumn> columns,
        Publish publish,
        Map<String, String> constraints,
        List<Problem> problems) {

    /// How the rows of a shadow get into the table.
    enum Publish {
        /// The shadow takes the table's name.
        RENAME,
        /// The table is emptied and filled from the shadow, for views and the like hang on it.
        REFILL,
        /// Rows are updated, added and deleted by key, for other tables refer to them.
        MERGE
    }

    static SinkShape of(PostgresCatalog catalog, Connection connection, Target target)
            throws SQLException {
        Optional<PostgresTable> found = catalog.find(target.dataset());
        if (found.isEmpty()) {
            return missing(catalog, connection, target);
        }
        PostgresTable table = found.get();
        List<Problem> problems = new ArrayList<>();
        List<PostgresColumn> columns = new ArrayList<>();
        for (Field field : target.schema().fields()) {
            table.find(field.name())
                    .ifPresentOrElse(columns::add, () -> problems.add(unknown(table, field)));
        }
        Publish publish = publish(connection, table, target);
        problems.addAll(new ShapeRules(table, target, publish).check(columns));
        return new SinkShape(
                target,
                table,
                true,
                true,
                columns,
                publish,
                constraints(connection, table),
                problems);
    }

    private static Problem unknown(PostgresTable table, Field field) {
        return Problem.of(
                ProblemCode.COLUMN_MISSING,
                "no column '%s' in '%s'".formatted(field.name(), table.name()),
                Nearest.fix(field.name(), table.columnNames()));
    }

    private static SinkShape missing(PostgresCatalog catalog, Connection connection, Target target)
            throws SQLException {
        if (!target.create()) {
            throw ProblemException.of(
                    ProblemCode.DATASET_MISSING,
                    "no table is called '" + target.dataset() + "'",
                    Nearest.fix(target.dataset(), catalog.datasets("*")));
        }
        String full = target.dataset();
        int dot = full.indexOf('.');
        Home home = home(connection, dot > 0 ? full.substring(0, dot) : null);
        List<PostgresColumn> columns =
                target.schema().fields().stream().map(f -> declared(f, target.key())).toList();
        PostgresTable table =
                new PostgresTable(
                        0,
                        home.schema(),
                        dot > 0 ? full.substring(dot + 1) : full,
                        'r',
                        columns,
                        target.key().isEmpty() ? List.of() : List.of(target.key()),
                        target.key(),
                        0,
                        false,
                        List.of(),
                        null);
        List<Problem> problems = new ShapeRules(table, target, Publish.RENAME).check(columns);
        return new SinkShape(
                target,
                table,
                false,
                home.exists(),
                columns,
                target.mode() == WriteMode.MIRROR ? Publish.MERGE : Publish.RENAME,
                Map.of(),
                problems);
    }

    /// Where a table is made.
    private record Home(String schema, boolean exists) {}

    /// @param named the schema that was asked for; null for the session's own
    private static Home home(Connection connection, @Nullable String named) throws SQLException {
        String sql =
                """
                select s.name, to_regnamespace(quote_ident(s.name)) is not null
                from (select coalesce(?, current_schema())) s(name)
                """;
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, named);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                String schema = row.getString(1);
                return new Home(schema == null ? "" : schema, row.getBoolean(2));
            }
        }
    }

    private static PostgresColumn declared(Field field, List<String> key) {
        return new PostgresColumn(
                field.name(),
                "",
                PostgresTypes.declared(field.type()),
                PostgresTypes.declaredMapping(field.type()),
                field.nullable() && !key.contains(field.name()),
                false,
                false,
                false,
                field.comment());
    }

    private static Publish publish(Connection connection, PostgresTable table, Target target)
            throws SQLException {
        if (target.mode() != WriteMode.REPLACE) {
            return Publish.MERGE;
        }
        String sql =
                """
                select exists (select from pg_constraint where contype = 'f' and confrelid = c.oid),
                  c.relkind = 'r' and not c.relispartition and not c.relrowsecurity
                    and pg_has_role(c.relowner, 'usage')
                    and not exists (select from pg_inherits i where c.oid in (inhrelid, inhparent))
                    and not exists (select from pg_trigger
                      where tgrelid = c.oid and not tgisinternal)
                    and not exists (select from pg_publication_rel where prrelid = c.oid)
                    and not exists (select from pg_attribute
                      where attrelid = c.oid and attacl is not null)
                    and not exists (select from pg_depend d where d.refobjid in (c.oid, c.reltype)
                      and d.classid in ('pg_rewrite'::regclass, 'pg_proc'::regclass,
                        'pg_policy'::regclass))
                    and not exists (select from pg_depend d where d.refobjid = c.reltype
                      and d.classid = 'pg_class'::regclass)
                from pg_class c where c.oid = ?
                """;
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, table.oid());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getBoolean(1)
                        ? Publish.MERGE
                        : row.getBoolean(2) ? Publish.RENAME : Publish.REFILL;
            }
        }
    }

    /// The column of each constraint that is about a single one, so that an error can name it.
    private static Map<String, String> constraints(Connection connection, PostgresTable table)
            throws SQLException {
        String sql =
                """
                select o.conname, a.attname from pg_constraint o
                join pg_attribute a on a.attrelid = o.conrelid and a.attnum = o.conkey[1]
                where o.conrelid = ? and cardinality(o.conkey) = 1
                """;
        Map<String, String> columns = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, table.oid());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    columns.put(row.getString(1), row.getString(2));
                }
            }
        }
        return columns;
    }

    /// Whether rows go into a shadow first.
    boolean shadowed() {
        return target.mode() == WriteMode.REPLACE
                || target.mode() == WriteMode.MIRROR
                || unindexed();
    }

    /// Whether rows are merged by a key that no unique index of the table guards. Looking for each
    /// batch in the whole table would take ever longer, and two lanes could both add a row; so the
    /// rows are gathered in a shadow, which has such an index, and merged once at the end.
    boolean unindexed() {
        return keyed() && !target.key().isEmpty() && !table.unique(target.key());
    }

    List<String> notes() {
        String note =
                "no unique index of '%s' is on exactly %s, so rows are gathered in a table beside"
                        + " it and merged at the end, which takes longer; to merge them at once,"
                        + " run: create unique index on %s (%s)";
        return unindexed() && problems.isEmpty()
                ? List.of(
                        note.formatted(
                                table.name(),
                                target.key(),
                                table.quoted(),
                                Sql.names(target.key())))
                : List.of();
    }

    /// Whether rows with a known key replace the ones there are.
    boolean keyed() {
        return target.mode() == WriteMode.UPSERT || target.mode() == WriteMode.MIRROR;
    }

    /// Whether rows pass through a staging table: to be merged, or for a cast in SQL.
    boolean staged() {
        return keyed() || columns.stream().anyMatch(c -> !c.form().direct());
    }

    /// The key rows are merged by: the one asked for, or for REPLACE of a referenced table its own.
    List<String> mergeKey() {
        return target.key().isEmpty() ? table.key() : target.key();
    }

    Schema schema() {
        return new Schema(columns.stream().map(PostgresColumn::field).toList());
    }

    Map<String, Loss> losses() {
        Map<String, Loss> losses = new HashMap<>();
        for (PostgresColumn column : columns) {
            target.schema()
                    .find(column.name())
                    .map(field -> WriteLoss.of(field.type(), column.type()))
                    .filter(loss -> loss.kind() != Loss.Kind.LOSSLESS)
                    .ifPresent(loss -> losses.put(column.name(), loss));
        }
        return losses;
    }
}
