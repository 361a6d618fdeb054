package dev.mortise.connectors.jdbc;

import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Loss;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import java.util.EnumMap;
import java.util.Map;

/// The types in which a dialect makes columns.
public final class DdlTypes {
    private static final Loss AS_TEXT = Loss.widening("carried as its text");

    private final Map<Scalar, NativeType> types = new EnumMap<>(Scalar.class);
    private final String decimal;
    private String keyText = "varchar(255)";

    private DdlTypes(String decimal) {
        this.decimal = decimal;
    }

    /// The names of the SQL standard.
    public static DdlTypes standard(String decimal) {
        DdlTypes types = new DdlTypes(decimal);
        types.set(Scalar.BOOL, "boolean")
                .as(Scalar.INT8, "smallint", Scalar.INT16, Loss.widening("no 8-bit integer"))
                .set(Scalar.INT16, "smallint")
                .set(Scalar.INT32, "integer")
                .set(Scalar.INT64, "bigint")
                .as(
                        Scalar.UINT64,
                        decimal + "(20,0)",
                        new Decimal(20, 0),
                        Loss.widening("no unsigned integer"))
                .set(Scalar.FLOAT32, "real")
                .set(Scalar.FLOAT64, "double precision")
                .set(Scalar.TEXT, "clob")
                .set(Scalar.BYTES, "blob")
                .set(Scalar.DATE, "date")
                .set(Scalar.TIME, "time(6)")
                .set(Scalar.TIMESTAMP, "timestamp(6)")
                .set(Scalar.TIMESTAMPTZ, "timestamp(6) with time zone")
                .as(Scalar.UUID, "char(36)", Scalar.TEXT, AS_TEXT)
                .as(Scalar.JSON, "clob", Scalar.TEXT, AS_TEXT);
        return types;
    }

    /// A type that keeps its values.
    public DdlTypes set(Scalar type, String sql) {
        types.put(type, NativeType.of(sql, type));
        return this;
    }

    /// A type that is written as another.
    public DdlTypes as(Scalar type, String sql, Type written, Loss loss) {
        types.put(type, new NativeType(sql, written, loss));
        return this;
    }

    /// The types of text, and of text in keys.
    public DdlTypes text(String sql, String inKeys) {
        keyText = inKeys;
        set(Scalar.TEXT, sql);
        return as(Scalar.JSON, sql, Scalar.TEXT, AS_TEXT);
    }

    NativeType column(Type type, boolean key) {
        return switch (type) {
            case Decimal exact ->
                    NativeType.of(
                            decimal + "(" + exact.precision() + "," + exact.scale() + ")", exact);
            case Scalar scalar -> {
                NativeType found = types.get(scalar);
                if (found == null) {
                    throw new IllegalStateException("no type for " + scalar);
                }
                yield key && scalar == Scalar.TEXT
                        ? new NativeType(
                                keyText,
                                Scalar.TEXT,
                                Loss.widening("a longer key is rejected with its row"))
                        : found;
            }
        };
    }
}
