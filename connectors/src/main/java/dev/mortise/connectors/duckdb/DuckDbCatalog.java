package dev.mortise.connectors.duckdb;

import dev.mortise.connectors.duckdb.DuckDbTable.Kind;
import dev.mortise.connectors.duckdb.DuckDbTable.Rule;
import dev.mortise.connectors.jdbc.NativeType;
import dev.mortise.connectors.jdbc.TableName;
import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Schema;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Asks DuckDB's own functions about tables and views.
final class DuckDbCatalog {
    static final String MAIN = "main";

    private static final String HERE = " database_name = current_database() and not internal";

    private final DuckDbSession session;

    DuckDbCatalog(DuckDbSession session) {
        this.session = session;
    }

    List<String> datasets() throws SQLException {
        String sql =
                "select schema_name, table_name from duckdb_tables() where"
                        + HERE
                        + " union all select schema_name, view_name from duckdb_views() where"
                        + HERE
                        + " order by 1, 2";
        return session.query(sql, row -> new TableName(row.getString(1), row.getString(2))).stream()
                .filter(name -> !name.table().startsWith(TableName.OURS))
                .map(DuckDbCatalog::shown)
                .sorted()
                .toList();
    }

    private static String shown(TableName name) {
        return name.schema().equals(MAIN) ? name.table() : name.schema() + "." + name.table();
    }

    Optional<DuckDbTable> find(TableName wanted) throws SQLException {
        TableName name = wanted.in(MAIN);
        List<Column> columns = columns(name);
        if (columns.isEmpty()) {
            return Optional.empty();
        }
        Facts facts = facts(name);
        List<Rule> rules = rules(name);
        Schema schema = new Schema(columns.stream().map(Column::field).toList());
        Dataset dataset =
                new Dataset(
                        shown(name),
                        schema,
                        key(rules, schema),
                        facts.rows(),
                        references(rules, name),
                        facts.comment());
        Set<String> defaults =
                columns.stream()
                        .filter(Column::optional)
                        .map(column -> column.field().name())
                        .collect(Collectors.toSet());
        return Optional.of(
                new DuckDbTable(
                        name, dataset, defaults, rules, facts.ddl(), indexes(name), facts.view()));
    }

    private static String at(TableName name) {
        return HERE
                + " and schema_name = "
                + DuckDbDialect.text(name.schema())
                + " and table_name = "
                + DuckDbDialect.text(name.table());
    }

    private record Column(Field field, boolean optional) {}

    private List<Column> columns(TableName name) throws SQLException {
        return session.query(
                "select column_name, data_type, is_nullable, column_default, comment"
                        + " from duckdb_columns() where"
                        + at(name)
                        + " order by column_index",
                DuckDbCatalog::column);
    }

    private static Column column(ResultSet row) throws SQLException {
        NativeType type = DuckDbTypes.of(row.getString(2));
        Field field =
                new Field(
                        row.getString(1),
                        type.type(),
                        row.getBoolean(3),
                        type.sql(),
                        row.getString(5),
                        type.loss(),
                        row.getString(4) != null);
        return new Column(field, row.getString(4) != null);
    }

    private record Facts(long rows, @Nullable String comment, String ddl, boolean view) {}

    private Facts facts(TableName name) throws SQLException {
        Facts table =
                session.one(
                        "select estimated_size, comment, sql from duckdb_tables() where" + at(name),
                        row ->
                                new Facts(
                                        row.getLong(1), row.getString(2), row.getString(3), false));
        return table != null ? table : new Facts(-1, null, "", true);
    }

    private List<String> indexes(TableName name) throws SQLException {
        return session.query(
                "select sql from duckdb_indexes() where database_name = current_database()"
                        + " and schema_name = "
                        + DuckDbDialect.text(name.schema())
                        + " and table_name = "
                        + DuckDbDialect.text(name.table())
                        + " and sql is not null",
                row -> row.getString(1));
    }

    private List<Rule> rules(TableName name) throws SQLException {
        String place =
                " where database_name = current_database() and schema_name = "
                        + DuckDbDialect.text(name.schema())
                        + " and table_name = "
                        + DuckDbDialect.text(name.table());
        List<Rule> rules =
                new ArrayList<>(
                        session.query(
                                "select constraint_type, constraint_column_names, expression,"
                                        + " referenced_table, referenced_column_names"
                                        + " from duckdb_constraints()"
                                        + place
                                        + " order by constraint_type",
                                DuckDbCatalog::rule));
        // A unique index is a rule as well; an index over expressions cannot be read from here.
        rules.addAll(
                session.query(
                        "select regexp_extract_all(expressions, '[^\\[\\], ''\"]+')"
                                + " from duckdb_indexes()"
                                + place
                                + " and is_unique and sql is not null",
                        row -> new Rule(Kind.KEY, strings(row.getArray(1)), "", List.of())));
        return rules;
    }

    private static Rule rule(ResultSet row) throws SQLException {
        Kind kind =
                switch (row.getString(1)) {
                    case "NOT NULL" -> Kind.NOT_NULL;
                    case "CHECK" -> Kind.CHECK;
                    case "FOREIGN KEY" -> Kind.REFERENCE;
                    default -> Kind.KEY;
                };
        String text = row.getString(kind == Kind.CHECK ? 3 : 4);
        return new Rule(
                kind, strings(row.getArray(2)), text == null ? "" : text, strings(row.getArray(5)));
    }

    private static List<String> strings(@Nullable Array array) throws SQLException {
        return array == null
                ? List.of()
                : Arrays.stream((Object[]) array.getArray()).map(String::valueOf).toList();
    }

    private static List<String> key(List<Rule> rules, Schema schema) {
        return rules.stream()
                .filter(rule -> rule.kind() == Kind.KEY)
                .map(Rule::columns)
                .filter(columns -> columns.stream().allMatch(name -> required(schema, name)))
                .findFirst()
                .orElse(List.of());
    }

    private static boolean required(Schema schema, String name) {
        return schema.find(name).filter(field -> !field.nullable()).isPresent();
    }

    private static List<String> references(List<Rule> rules, TableName name) {
        return rules.stream()
                .filter(rule -> rule.kind() == Kind.REFERENCE)
                .map(rule -> shown(new TableName(name.schema(), rule.text())))
                .distinct()
                .sorted()
                .toList();
    }
}
