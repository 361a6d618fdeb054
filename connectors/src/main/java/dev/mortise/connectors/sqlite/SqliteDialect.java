package dev.mortise.connectors.sqlite;

import static dev.mortise.spi.type.TypeRule.both;

import dev.mortise.connectors.jdbc.DdlTypes;
import dev.mortise.connectors.jdbc.JdbcCells;
import dev.mortise.connectors.jdbc.JdbcDialect;
import dev.mortise.connectors.jdbc.JdbcTypes;
import dev.mortise.connectors.jdbc.NativeType;
import dev.mortise.connectors.jdbc.SqlProblems;
import dev.mortise.connectors.jdbc.TableName;
import dev.mortise.connectors.jdbc.TablePlan;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Loss;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import dev.mortise.spi.type.TypeRule;
import java.sql.Connection;
import java.util.List;
import java.util.Locale;

/// SQLite converts by the letters of a declared type: `text` in it keeps digits as they are, where
/// `decimal` would turn more than 15 of them into a float. So exact types of ours say `text`.
final class SqliteDialect extends JdbcDialect {
    static final SqliteDialect INSTANCE = new SqliteDialect();

    private static final String EXACT = "decimal_text";
    private static final Loss LOOSE =
            Loss.widening("a value that is none of the type is rejected with its row");

    static final List<TypeRule> RULES =
            List.of(
                    both("boolean", "bool"),
                    both("tinyint", "int8"),
                    both("smallint", "int16"),
                    both("mediumint", "int32"),
                    both("bigint", "int64"),
                    both("unsigned_text", "uint64"),
                    both("float", "float32"),
                    both("double", "float64"),
                    both("decimal_text(p,s)", "decimal(p,s)"),
                    both("text", "text"),
                    both("blob", "bytes"),
                    both("date", "date"),
                    both("time", "time"),
                    both("timestamp", "timestamp"),
                    both("timestamptz", "timestamptz"),
                    both("uuid", "uuid"),
                    both("json_text", "json"),
                    TypeRule.read("integer", "int64", Loss.NONE),
                    TypeRule.read("int", "int64", Loss.NONE),
                    TypeRule.read("real", "float64", Loss.NONE),
                    TypeRule.read("decimal(p,s)", "decimal(p,s)", LOOSE),
                    TypeRule.read("numeric", "decimal(38,10)", JdbcTypes.UNSIZED_LOSS),
                    TypeRule.read("varchar(n)", "text", Loss.NONE),
                    TypeRule.read("datetime", "timestamp", LOOSE),
                    TypeRule.read("json", "json", LOOSE));

    private SqliteDialect() {}

    @Override
    public String name() {
        return "sqlite";
    }

    @Override
    public String driver() {
        return "org.sqlite.JDBC";
    }

    @Override
    public String url(String host, int port, String database) {
        return "jdbc:sqlite:" + database;
    }

    @Override
    public int port() {
        return 0;
    }

    @Override
    public int isolation() {
        return Connection.TRANSACTION_SERIALIZABLE;
    }

    @Override
    public boolean transactionalDdl() {
        return true;
    }

    @Override
    public boolean oneWriter() {
        return true;
    }

    @Override
    protected DdlTypes types() {
        return DdlTypes.standard(EXACT)
                .set(Scalar.INT8, "tinyint")
                .set(Scalar.INT32, "mediumint")
                .set(Scalar.UINT64, "unsigned_text")
                .set(Scalar.FLOAT32, "float")
                .set(Scalar.FLOAT64, "double")
                .text("text", "text")
                .set(Scalar.JSON, "json_text")
                .set(Scalar.TIME, "time")
                .set(Scalar.TIMESTAMP, "timestamp")
                .set(Scalar.TIMESTAMPTZ, "timestamptz")
                .set(Scalar.UUID, "uuid");
    }

    @Override
    public NativeType read(JdbcTypes.Column column) {
        String name = column.typeName().toLowerCase(Locale.ROOT);
        return switch (name) {
            case "decimal_text", "decimal", "numeric" -> decimal(column, name);
            default -> NativeType.of(name, type(name));
        };
    }

    private static NativeType decimal(JdbcTypes.Column column, String name) {
        // The driver adds the digits after the point to the precision.
        int precision = column.size() - column.scale();
        boolean sized = precision >= 1 && precision <= Decimal.PRECISION_MAX;
        if (!sized || column.scale() < 0 || column.scale() > precision) {
            return new NativeType(name, JdbcTypes.UNSIZED, JdbcTypes.UNSIZED_LOSS);
        }
        String sql = name + "(" + precision + "," + column.scale() + ")";
        return new NativeType(
                sql,
                new Decimal(precision, column.scale()),
                name.equals(EXACT) ? Loss.NONE : LOOSE);
    }

    /// By name where we know it, else by SQLite's own rules of affinity.
    private static Type type(String name) {
        return switch (name) {
            case "boolean", "bool" -> Scalar.BOOL;
            case "tinyint" -> Scalar.INT8;
            case "smallint" -> Scalar.INT16;
            case "mediumint" -> Scalar.INT32;
            case "unsigned_text" -> Scalar.UINT64;
            case "float" -> Scalar.FLOAT32;
            case "date" -> Scalar.DATE;
            case "time" -> Scalar.TIME;
            case "timestamp", "datetime" -> Scalar.TIMESTAMP;
            case "timestamptz" -> Scalar.TIMESTAMPTZ;
            case "uuid" -> Scalar.UUID;
            case "json_text", "json" -> Scalar.JSON;
            default -> affinity(name);
        };
    }

    private static Type affinity(String name) {
        if (name.contains("int")) {
            return Scalar.INT64;
        }
        if (name.contains("blob") || name.isEmpty()) {
            return name.isEmpty() ? Scalar.TEXT : Scalar.BYTES;
        }
        boolean real = name.contains("real") || name.contains("floa") || name.contains("doub");
        return real ? Scalar.FLOAT64 : Scalar.TEXT;
    }

    @Override
    public JdbcCells cells(Field field) {
        return SqliteCells.of(field.type());
    }

    /// Only whole numbers are stored in one way alone.
    @Override
    public boolean pushable(Field column) {
        return column.type() instanceof Scalar scalar
                && switch (scalar) {
                    case INT8, INT16, INT32, INT64 -> true;
                    case BOOL,
                            UINT64,
                            FLOAT32,
                            FLOAT64,
                            TEXT,
                            BYTES,
                            DATE,
                            TIME,
                            TIMESTAMP,
                            TIMESTAMPTZ,
                            UUID,
                            JSON ->
                            false;
                };
    }

    @Override
    public String modulo(String left, String right) {
        return left + " % " + right;
    }

    @Override
    public String first(String query, long rows) {
        return query + " limit " + rows;
    }

    @Override
    public String upsert(String table, List<Field> columns, List<String> key) {
        return insert(table, columns) + onConflict(columns, key);
    }

    @Override
    public String upsertAll(String table, String from, List<Field> columns, List<String> key) {
        return "insert into "
                + table
                + TablePlan.names(this, columns)
                + " select "
                + TablePlan.plain(columns, field -> quote(field.name()))
                + " from "
                + from
                + " where true"
                + onConflict(columns, key);
    }

    private String onConflict(List<Field> columns, List<String> key) {
        List<Field> others = columns.stream().filter(f -> !key.contains(f.name())).toList();
        String set =
                TablePlan.plain(others, f -> quote(f.name()) + " = excluded." + quote(f.name()));
        return " on conflict "
                + TablePlan.names(key, this)
                + (set.isEmpty() ? " do nothing" : " do update set " + set);
    }

    @Override
    public String rename(TableName from, String to) {
        return "alter table " + from.sql(this) + " rename to " + quote(to);
    }

    @Override
    public SqlProblems problems() {
        return new SqliteProblems();
    }
}
