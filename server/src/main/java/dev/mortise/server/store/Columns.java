package dev.mortise.server.store;

import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;

/// Names of tables and columns, for the Stores, which alone know them.
public final class Columns {
    private Columns() {}

    public static Table<Record> table(String name) {
        return DSL.table(DSL.name(name));
    }

    /// @param name a column, or a table and its column
    public static Field<String> text(String... name) {
        return DSL.field(DSL.name(name), String.class);
    }

    public static Field<Long> big(String... name) {
        return DSL.field(DSL.name(name), Long.class);
    }

    public static Field<Integer> whole(String... name) {
        return DSL.field(DSL.name(name), Integer.class);
    }

    public static Field<byte[]> bytes(String... name) {
        return DSL.field(DSL.name(name), byte[].class);
    }
}
