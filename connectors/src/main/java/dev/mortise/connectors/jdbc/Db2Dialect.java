package dev.mortise.connectors.jdbc;

import dev.mortise.spi.type.Loss;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// IBM Db2 for Linux, UNIX and Windows, 11.5 and later.
final class Db2Dialect extends JdbcDialect {
    @Override
    public String name() {
        return "db2";
    }

    @Override
    public String driver() {
        return "com.ibm.db2.jcc.DB2Driver";
    }

    @Override
    public String url(String host, int at, String database) {
        return "jdbc:db2://" + host + ":" + at + "/" + database;
    }

    @Override
    public int port() {
        return 50000;
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("loginTimeout", "10", "enableSeamlessFailover", "0");
    }

    @Override
    public boolean transactionalDdl() {
        return true;
    }

    @Override
    protected DdlTypes types() {
        return DdlTypes.standard("decimal")
                .text("clob(64M)", "varchar(255)")
                .set(Scalar.FLOAT64, "double")
                .set(Scalar.BYTES, "blob(64M)")
                .as(Scalar.TIME, "varchar(15)", Scalar.TEXT, Loss.widening("carried as its text"))
                .as(
                        Scalar.TIMESTAMPTZ,
                        "timestamp(6)",
                        Scalar.TIMESTAMP,
                        Loss.lossy("Db2 keeps no zone; times are kept in UTC"));
    }

    @Override
    public String literal(Type type, String text) {
        return type == Scalar.BYTES ? "blob(x'" + text + "')" : super.literal(type, text);
    }

    @Override
    protected String fromNothing() {
        return " from sysibm.sysdummy1";
    }

    @Override
    public String copyOf(String copy, String table, String columns) {
        return "create table "
                + copy
                + " as (select "
                + columns
                + " from "
                + table
                + ") with no data";
    }

    @Override
    public String rename(TableName from, String to) {
        return "rename table " + from.sql(this) + " to " + quote(to);
    }

    @Override
    public boolean system(@Nullable String schema) {
        return schema != null && schema.startsWith("SYS");
    }
}
