package dev.mortise.connectors.mysql;

import dev.mortise.connectors.mysql.MySqlTable.MySqlColumn;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Loss;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import dev.mortise.spi.type.TypeRule;
import java.util.List;
import java.util.Optional;

/// How native types and ours map.
final class MySqlTypes {
    /// As many places as MySQL allows after the point; MariaDB allows 38.
    static final int MYSQL_SCALE_MAX = 30;

    /// Text and bytes need a length to be a key.
    static final int KEY_LENGTH = 255;

    private static final Loss BOOLEAN =
            Loss.widening("rows with other values than 0 and 1 are set aside");
    private static final Loss WIDE_DECIMAL =
            Loss.widening("rows with more than 38 digits are set aside");
    private static final Loss CLOCK =
            Loss.widening("rows with times outside one day are set aside");
    private static final Loss ZERO = Loss.widening("rows with zero dates are set aside");
    private static final Loss INSTANT = Loss.widening("rows outside 1970 to 2038 are set aside");
    private static final Loss KEY = Loss.widening("rows with keys longer than 255 are set aside");
    private static final Loss OPAQUE = Loss.lossy("the bytes are the server's internal form");

    static final List<TypeRule> RULES =
            List.of(
                    new TypeRule("tinyint(1)", "bool", TypeRule.Way.BOTH, BOOLEAN),
                    TypeRule.both("tinyint", "int8"),
                    TypeRule.read("tinyint unsigned", "int16", Loss.NONE),
                    TypeRule.both("smallint", "int16"),
                    TypeRule.read("smallint unsigned", "int32", Loss.NONE),
                    TypeRule.read("mediumint", "int32", Loss.NONE),
                    TypeRule.read("mediumint unsigned", "int32", Loss.NONE),
                    TypeRule.both("int", "int32"),
                    TypeRule.read("int unsigned", "int64", Loss.NONE),
                    TypeRule.both("bigint", "int64"),
                    TypeRule.both("bigint unsigned", "uint64"),
                    TypeRule.both("decimal(p,s)", "decimal(p,s)"),
                    TypeRule.read("decimal(p>38,s)", "decimal(38,s)", WIDE_DECIMAL),
                    TypeRule.both("float", "float32"),
                    TypeRule.both("double", "float64"),
                    TypeRule.read("bit(1)", "bool", Loss.NONE),
                    TypeRule.read("bit(n)", "bytes", Loss.NONE),
                    TypeRule.read("char(n)", "text", Loss.NONE),
                    TypeRule.read("varchar(n)", "text", Loss.NONE),
                    TypeRule.write("varchar(255)", "text", KEY),
                    TypeRule.both("longtext", "text"),
                    TypeRule.read("tinytext", "text", Loss.NONE),
                    TypeRule.read("text", "text", Loss.NONE),
                    TypeRule.read("mediumtext", "text", Loss.NONE),
                    TypeRule.read("enum(…)", "text", Loss.NONE),
                    TypeRule.read("set(…)", "text", Loss.NONE),
                    TypeRule.read("binary(n)", "bytes", Loss.NONE),
                    TypeRule.read("varbinary(n)", "bytes", Loss.NONE),
                    TypeRule.write("varbinary(255)", "bytes", KEY),
                    TypeRule.both("longblob", "bytes"),
                    TypeRule.read("tinyblob", "bytes", Loss.NONE),
                    TypeRule.read("blob", "bytes", Loss.NONE),
                    TypeRule.read("mediumblob", "bytes", Loss.NONE),
                    new TypeRule("date", "date", TypeRule.Way.BOTH, ZERO),
                    new TypeRule("time(6)", "time", TypeRule.Way.BOTH, CLOCK),
                    new TypeRule("datetime(6)", "timestamp", TypeRule.Way.BOTH, ZERO),
                    TypeRule.read("timestamp(6)", "timestamptz", ZERO),
                    TypeRule.write("timestamp(6)", "timestamptz", INSTANT),
                    TypeRule.read("year", "int16", Loss.NONE),
                    TypeRule.both("json", "json"),
                    TypeRule.both("uuid (MariaDB)", "uuid"),
                    TypeRule.write("char(36) (MySQL)", "uuid", Loss.widening("read back as text")),
                    TypeRule.read("inet4 (MariaDB)", "text", Loss.NONE),
                    TypeRule.read("inet6 (MariaDB)", "text", Loss.NONE),
                    TypeRule.read("geometry", "bytes", OPAQUE));

    private MySqlTypes() {}

    record Mapped(Type type, Loss loss) {}

    /// @param precision of a decimal
    static Mapped read(String dataType, String columnType, int precision, int scale) {
        boolean unsigned = columnType.contains("unsigned");
        return switch (dataType) {
            case "tinyint" ->
                    columnType.equals("tinyint(1)")
                            ? new Mapped(Scalar.BOOL, BOOLEAN)
                            : exact(unsigned ? Scalar.INT16 : Scalar.INT8);
            case "smallint" -> exact(unsigned ? Scalar.INT32 : Scalar.INT16);
            case "mediumint" -> exact(Scalar.INT32);
            case "int" -> exact(unsigned ? Scalar.INT64 : Scalar.INT32);
            case "bigint" -> exact(unsigned ? Scalar.UINT64 : Scalar.INT64);
            case "decimal" -> decimal(precision, scale);
            case "float" -> exact(Scalar.FLOAT32);
            case "double" -> exact(Scalar.FLOAT64);
            case "bit" -> exact(columnType.equals("bit(1)") ? Scalar.BOOL : Scalar.BYTES);
            case "date" -> new Mapped(Scalar.DATE, ZERO);
            case "time" -> new Mapped(Scalar.TIME, CLOCK);
            case "datetime" -> new Mapped(Scalar.TIMESTAMP, ZERO);
            case "timestamp" -> new Mapped(Scalar.TIMESTAMPTZ, ZERO);
            case "year" -> exact(Scalar.INT16);
            case "json" -> exact(Scalar.JSON);
            case "uuid" -> exact(Scalar.UUID);
            default -> textOrBytes(dataType);
        };
    }

    private static Mapped textOrBytes(String dataType) {
        if (dataType.endsWith("text") || dataType.endsWith("char")) {
            return exact(Scalar.TEXT);
        }
        return switch (dataType) {
            case "enum", "set", "inet4", "inet6" -> exact(Scalar.TEXT);
            case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob" ->
                    exact(Scalar.BYTES);
            default -> new Mapped(Scalar.BYTES, OPAQUE);
        };
    }

    private static Mapped exact(Type type) {
        return new Mapped(type, Loss.NONE);
    }

    private static Mapped decimal(int precision, int scale) {
        return precision <= Decimal.PRECISION_MAX
                ? exact(new Decimal(precision, scale))
                : new Mapped(new Decimal(Decimal.PRECISION_MAX, scale), WIDE_DECIMAL);
    }

    /// The native type of a column we make.
    static String write(Type type, boolean key, boolean mariaDb) {
        return switch (type) {
            case Decimal(int precision, int scale) -> "decimal(" + precision + "," + scale + ")";
            case Scalar scalar -> write(scalar, key, mariaDb);
        };
    }

    private static String write(Scalar type, boolean key, boolean mariaDb) {
        return switch (type) {
            case BOOL -> "tinyint(1)";
            case INT8 -> "tinyint";
            case INT16 -> "smallint";
            case INT32 -> "int";
            case INT64 -> "bigint";
            case UINT64 -> "bigint unsigned";
            case FLOAT32 -> "float";
            case FLOAT64 -> "double";
            case TEXT -> key ? "varchar(" + KEY_LENGTH + ")" : "longtext";
            case BYTES -> key ? "varbinary(" + KEY_LENGTH + ")" : "longblob";
            case DATE -> "date";
            case TIME -> "time(6)";
            case TIMESTAMP -> "datetime(6)";
            case TIMESTAMPTZ -> "timestamp(6)";
            case UUID -> mariaDb ? "uuid" : "char(36)";
            case JSON -> "json";
        };
    }

    /// What a column we make loses.
    static Loss written(Type type, boolean key, boolean mariaDb) {
        if (type instanceof Decimal decimal) {
            return !mariaDb && decimal.scale() > MYSQL_SCALE_MAX
                    ? Loss.unsupported("MySQL holds at most 30 places after the point")
                    : Loss.NONE;
        }
        return switch ((Scalar) type) {
            case TEXT, BYTES -> key ? KEY : Loss.NONE;
            case TIMESTAMPTZ -> INSTANT;
            case UUID -> mariaDb ? Loss.NONE : Loss.widening("kept as text");
            case BOOL, INT8, INT16, INT32, INT64, UINT64, FLOAT32, FLOAT64 -> Loss.NONE;
            case DATE, TIME, TIMESTAMP, JSON -> Loss.NONE;
        };
    }

    /// What values lose that go into a column of the target.
    static final class Narrowing {
        private static final Loss REJECTS =
                Loss.widening("rows with values that do not fit are set aside");
        private static final List<Scalar> WHOLE =
                List.of(Scalar.BOOL, Scalar.INT8, Scalar.INT16, Scalar.INT32, Scalar.INT64);

        private Narrowing() {}

        static Optional<Loss> loss(Type from, MySqlColumn into) {
            Loss own = nativeLoss(into);
            Loss converted = converted(from, into.type());
            Loss worse = converted.kind().compareTo(own.kind()) >= 0 ? converted : own;
            return worse.kind() == Loss.Kind.LOSSLESS ? Optional.empty() : Optional.of(worse);
        }

        /// What the column refuses of values that have its type already.
        private static Loss nativeLoss(MySqlColumn into) {
            return switch (into.dataType()) {
                case "char" ->
                        Loss.widening("rows with trailing spaces or too long text are set aside");
                case "varchar", "tinytext", "text", "varbinary", "tinyblob", "blob" ->
                        Loss.widening("rows with too long values are set aside");
                case "enum", "set", "binary", "bit", "year", "timestamp" -> REJECTS;
                case "time", "datetime" ->
                        into.digits() < 6
                                ? Loss.widening(
                                        "rows with more than %d digits of a second are set aside"
                                                .formatted(into.digits()))
                                : Loss.NONE;
                case "geometry", "point", "linestring", "polygon" ->
                        Loss.unsupported("geometries are not written");
                default -> Loss.NONE;
            };
        }

        private static Loss converted(Type from, Type into) {
            if (from.equals(into)) {
                return Loss.NONE;
            }
            if (into == Scalar.TEXT) {
                return Loss.widening("written as text");
            }
            boolean real = into == Scalar.FLOAT32 || into == Scalar.FLOAT64;
            if (real
                    && (from instanceof Decimal || from == Scalar.INT64 || from == Scalar.UINT64)) {
                return Loss.lossy("a float keeps about 15 digits");
            }
            if (into == Scalar.FLOAT32) {
                return Loss.lossy("a float keeps about 7 digits");
            }
            if (from == Scalar.TIMESTAMPTZ && into == Scalar.TIMESTAMP) {
                return Loss.widening("written as the wall clock of UTC");
            }
            return fits(from, into) ? Loss.NONE : REJECTS;
        }

        private static boolean fits(Type from, Type into) {
            if (from instanceof Decimal a && into instanceof Decimal b) {
                return b.scale() >= a.scale()
                        && b.precision() - b.scale() >= a.precision() - a.scale();
            }
            return WHOLE.contains(from) && WHOLE.indexOf(from) <= WHOLE.indexOf(into);
        }
    }
}
