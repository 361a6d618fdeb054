package dev.mortise.connectors.jdbc;

import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Type;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the general SQL connector must know about one make of database. Written as SQL:1999 with
/// `merge`; a dialect overrides where its database differs.
public abstract class JdbcDialect implements Dialect {
    /// The word in the option `dialect`.
    public abstract String name();

    /// The driver's class.
    public abstract String driver();

    /// The address of a database. Every part was checked to hold no character that ends it.
    public abstract String url(String host, int port, String database);

    public abstract int port();

    /// Driver settings that are always ours.
    public Map<String, String> settings() {
        return Map.of();
    }

    /// Statements that start each session.
    public List<String> session() {
        return List.of();
    }

    /// Whether what others call a schema is a catalogue to the driver.
    public boolean catalogs() {
        return false;
    }

    /// Isolation in which reading sees one moment.
    public int isolation() {
        return java.sql.Connection.TRANSACTION_REPEATABLE_READ;
    }

    /// Whether DDL belongs to the transaction it stands in.
    public boolean transactionalDdl() {
        return false;
    }

    /// Whether an open transaction, even an empty one, keeps all others from writing. Then none is
    /// left open between two pieces of work.
    public boolean oneWriter() {
        return false;
    }

    /// Whether an empty text is stored as null.
    public boolean emptyIsNull() {
        return false;
    }

    @Override
    public String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    @Override
    public final NativeType column(Type type, boolean key) {
        return types().column(type, key);
    }

    /// The types of columns that we make.
    protected abstract DdlTypes types();

    /// Our type for a column of the catalogue.
    public NativeType read(JdbcTypes.Column column) {
        return JdbcTypes.of(column);
    }

    /// How values of a column come out of a row and go into a statement.
    public JdbcCells cells(Field field) {
        return JdbcCells.of(field.type());
    }

    @Override
    public String literal(Type type, String text) {
        return JdbcTypes.literal(type, text, this::text);
    }

    /// Whether comparing a column in SQL decides as we would.
    public boolean pushable(Field column) {
        return true;
    }

    /// A text constant.
    protected String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    /// A parameter for a column in an insert.
    public String parameter(Field column) {
        return "?";
    }

    /// A parameter for a column in the row that is merged, where many databases want its type.
    protected String typedParameter(Field column) {
        return column.nativeType() == null ? "?" : "cast(? as " + column.nativeType() + ")";
    }

    /// What must follow a select without table.
    protected String fromNothing() {
        return "";
    }

    protected String mergeEnd() {
        return "";
    }

    public String modulo(String left, String right) {
        return "mod(" + left + ", " + right + ")";
    }

    /// The first rows of a query.
    public String first(String query, long rows) {
        return query + " fetch first " + rows + " rows only";
    }

    /// Our checkpoint table.
    public String ledger(String ddl) {
        return ddl;
    }

    /// An empty table with some columns of another.
    public String copyOf(String copy, String table, String columns) {
        return "create table " + copy + " as select " + columns + " from " + table + " where 1 = 0";
    }

    public String uniqueIndex(String index, String table, String columns) {
        return "create unique index " + index + " on " + table + " (" + columns + ")";
    }

    public String rename(TableName from, String to) {
        return "alter table " + from.sql(this) + " rename to " + quote(to);
    }

    /// Statement that inserts a row, with a parameter a column.
    public final String insert(String table, List<Field> columns) {
        return "insert into "
                + table
                + TablePlan.names(this, columns)
                + " values "
                + TablePlan.list(columns, this::parameter);
    }

    /// Statement that inserts or replaces a row, with a parameter a column.
    public String upsert(String table, List<Field> columns, List<String> key) {
        String row =
                TablePlan.plain(
                        columns, field -> typedParameter(field) + " as " + quote(field.name()));
        return merge(table, "(select " + row + fromNothing() + ")", columns, key);
    }

    /// Statement that inserts or replaces the rows of another table.
    public String upsertAll(String table, String from, List<Field> columns, List<String> key) {
        return merge(table, from, columns, key);
    }

    private String merge(String table, String from, List<Field> columns, List<String> key) {
        String on =
                TablePlan.joined(key, " and ", name -> "t." + quote(name) + " = s." + quote(name));
        List<Field> others = columns.stream().filter(f -> !key.contains(f.name())).toList();
        String set = TablePlan.plain(others, f -> quote(f.name()) + " = s." + quote(f.name()));
        return "merge into "
                + table
                + " t using "
                + from
                + " s on ("
                + on
                + ")"
                + (others.isEmpty() ? "" : " when matched then update set " + set)
                + " when not matched then insert "
                + TablePlan.names(this, columns).strip()
                + " values "
                + TablePlan.list(columns, f -> "s." + quote(f.name()))
                + mergeEnd();
    }

    /// The problems that the database's errors stand for.
    public SqlProblems problems() {
        return new SqlProblems();
    }

    /// Names of schemas that are never listed.
    public boolean system(@Nullable String schema) {
        return false;
    }
}
