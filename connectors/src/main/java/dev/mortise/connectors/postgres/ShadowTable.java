package dev.mortise.connectors.postgres;

import dev.mortise.connectors.postgres.SinkShape.Publish;
import dev.mortise.spi.connect.WriteMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// The table that REPLACE and MIRROR fill out of sight, and UPSERT where no unique index is on the
/// key. It has everything of the real one that refuses rows, so that bad rows are found one by one;
/// what only helps reading is made at the end. It is logged like any table: after a crash its rows
/// must be there as the checkpoint says.
final class ShadowTable {
    private static final int DIGITS = 16;

    /// Name, definition and kind of each index: 0 constraint, 1 unique index, 2 other index.
    private static final String INDEXES =
            """
            select x.relname, coalesce(pg_get_constraintdef(o.oid), pg_get_indexdef(x.oid)),
              case when o.oid is not null then 0 when i.indisunique then 1 else 2 end
            from pg_index i join pg_class x on x.oid = i.indexrelid
            left join pg_constraint o on o.conindid = x.oid and o.conrelid = i.indrelid
              and o.contype in ('p', 'u', 'x')
            where i.indrelid = ? and i.indisvalid order by 3, 1
            """;

    private static final String FOREIGN_KEYS =
            """
            select 'alter table %s add constraint ' || quote_ident(conname) || ' '
              || pg_get_constraintdef(oid)
            from pg_constraint where conrelid = ? and contype = 'f' order by conname
            """;

    /// What `like` leaves behind: the table's options, comment, owner and grants, and sequences.
    private static final String ATTRIBUTES =
            """
            select 'alter table %1$s set (' || array_to_string(reloptions, ', ') || ')'
            from pg_class where oid = %2$d and reloptions is not null
            union all
            select 'comment on table %1$s is ' || quote_literal(obj_description(%2$d, 'pg_class'))
            where obj_description(%2$d, 'pg_class') is not null
            union all
            select 'alter table %1$s owner to ' || relowner::regrole from pg_class where oid = %2$d
            union all
            select 'grant ' || a.privilege_type || ' on %1$s to '
              || case a.grantee when 0 then 'public' else a.grantee::regrole::text end
              || case when a.is_grantable then ' with grant option' else '' end
            from pg_class c cross join lateral aclexplode(c.relacl) a
            where c.oid = %2$d and a.grantee <> c.relowner
            union all
            select 'alter sequence ' || d.objid::regclass || ' owned by %1$s.'
              || quote_ident(a.attname)
            from pg_depend d join pg_class s on s.oid = d.objid and s.relkind = 'S'
            join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
            where d.refobjid = %2$d and d.deptype = 'a'
            union all
            select 'select setval(pg_get_serial_sequence(''%1$s'', ' || quote_literal(a.attname)
              || '), last_value, is_called) from ' || d.objid::regclass
            from pg_depend d join pg_class s on s.oid = d.objid and s.relkind = 'S'
            join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
            where d.refobjid = %2$d and d.deptype = 'i'
            """;

    private final Connection connection;
    private final SinkShape shape;
    private final PostgresTable table;
    private final String name;

    ShadowTable(Connection connection, SinkShape shape) {
        this.connection = connection;
        this.shape = shape;
        this.table = shape.table();
        this.name = name(shape);
    }

    /// The same for the same task and table, so that a resumed run finds it.
    private static String name(SinkShape shape) {
        return PostgresCatalog.OURS
                + "shadow_"
                + hash(shape.target().task() + "\n" + shape.table().quoted());
    }

    static String quoted(SinkShape shape) {
        return Sql.name(shape.table().schema()) + "." + Sql.name(name(shape));
    }

    private String quoted() {
        return quoted(shape);
    }

    private static String hash(String text) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Statements that make the shadow anew, empty.
    List<String> create() throws SQLException {
        List<String> statements = new ArrayList<>();
        if (!shape.exists()) {
            List<String> made = TableSql.create(shape, quoted());
            int place = made.getFirst().startsWith("create schema") ? 1 : 0;
            statements.addAll(made.subList(0, place));
            statements.add("drop table if exists " + quoted());
            statements.addAll(made.subList(place, made.size()));
            return statements;
        }
        statements.add("drop table if exists " + quoted());
        statements.add(
                "create table %s (like %s including all excluding indexes)"
                        .formatted(quoted(), table.quoted()));
        for (Index index : indexes()) {
            if (index.kind() < 2) {
                statements.add(index.create(quoted()));
            }
        }
        if (shape.unindexed()) {
            statements.add(
                    "create unique index %s on %s (%s)"
                            .formatted(
                                    Sql.name(PostgresCatalog.OURS + hash(name + " key")),
                                    quoted(),
                                    Sql.names(shape.target().key())));
        }
        if (shape.publish() == Publish.RENAME) {
            statements.addAll(texts(FOREIGN_KEYS.formatted(quoted())));
        }
        return statements;
    }

    /// An index of the table and its twin on the shadow.
    private record Index(String name, String twin, String definition, int kind) {
        String create(String shadow) {
            if (kind == 0) {
                return "alter table %s add constraint %s %s"
                        .formatted(shadow, Sql.name(twin), definition);
            }
            return "create %s %s on %s%s"
                    .formatted(
                            kind == 1 ? "unique index" : "index",
                            Sql.name(twin),
                            shadow,
                            definition.substring(definition.indexOf(" USING ")));
        }
    }

    private List<Index> indexes() throws SQLException {
        List<Index> indexes = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(INDEXES)) {
            select.setLong(1, table.oid());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    String own = row.getString(1);
                    String twin = PostgresCatalog.OURS + hash(name + own);
                    indexes.add(new Index(own, twin, row.getString(2), row.getInt(3)));
                }
            }
        }
        return indexes;
    }

    private List<String> texts(String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            if (sql.contains("?")) {
                select.setLong(1, table.oid());
            }
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    texts.add(row.getString(1));
                }
            }
        }
        return texts;
    }

    /// Statements that make the shadow's rows the table's, in one transaction.
    List<String> publish() throws SQLException {
        if (!shape.exists() && shape.target().mode() == WriteMode.REPLACE) {
            return List.of(
                    "alter table %s rename to %s".formatted(quoted(), Sql.name(table.name())),
                    "alter index if exists %s.%s rename to %s"
                            .formatted(
                                    Sql.name(table.schema()),
                                    Sql.name(name + "_pkey"),
                                    Sql.name(indexName())));
        }
        return switch (shape.publish()) {
            case RENAME -> rename();
            case REFILL ->
                    List.of("truncate " + table.quoted(), copyAll(), "drop table " + quoted());
            case MERGE -> merge();
        };
    }

    /// The lock lets readers pass, and keeps other writers from adding a key in between.
    private List<String> merge() {
        String into = table.quoted();
        List<String> key = shape.mergeKey();
        List<String> statements = new ArrayList<>();
        statements.add("lock table " + into + " in share row exclusive mode");
        boolean mirrors = shape.target().mode() != WriteMode.UPSERT;
        if (shape.unindexed()) {
            if (mirrors) {
                statements.add(TableSql.deleteDoubles(into, key));
            }
            statements.addAll(TableSql.mergeUnindexed(into, quoted(), shape.columns(), key));
        } else {
            statements.add(TableSql.merge(into, quoted(), shape.columns(), key));
        }
        if (mirrors) {
            statements.add(TableSql.deleteMissing(into, quoted(), key));
        }
        statements.add("drop table " + quoted());
        return statements;
    }

    private String indexName() {
        String suffix = "_pkey";
        int most = 63 - suffix.length();
        String base = table.name();
        return (base.length() > most ? base.substring(0, most) : base) + suffix;
    }

    private String copyAll() {
        String columns = TableSql.names(shape.columns());
        return "insert into %1$s (%2$s) overriding system value select %2$s from %3$s"
                .formatted(table.quoted(), columns, quoted());
    }

    private List<String> rename() throws SQLException {
        List<String> statements = new ArrayList<>();
        List<Index> indexes = indexes();
        for (Index index : indexes) {
            if (index.kind() == 2) {
                statements.add(index.create(quoted()));
            }
        }
        statements.add("lock table " + table.quoted() + " in access exclusive mode");
        statements.addAll(texts(ATTRIBUTES.formatted(quoted().replace("'", "''"), table.oid())));
        statements.add("drop table " + table.quoted());
        statements.add("alter table %s rename to %s".formatted(quoted(), Sql.name(table.name())));
        for (Index index : indexes) {
            statements.add(
                    "alter index %s.%s rename to %s"
                            .formatted(
                                    Sql.name(table.schema()),
                                    Sql.name(index.twin()),
                                    Sql.name(index.name())));
        }
        return statements;
    }
}
