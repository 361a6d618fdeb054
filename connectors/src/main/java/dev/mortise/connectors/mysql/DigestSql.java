package dev.mortise.connectors.mysql;

import dev.mortise.connectors.mysql.MySqlTable.MySqlColumn;
import dev.mortise.spi.digest.CanonicalColumn;
import dev.mortise.spi.digest.Hashing;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The canonical encoding of rows as an expression of the server, where it has one. Floats have
/// none, and json is kept as text there, its keys in any order.
final class DigestSql {
    private final MySqlTable table;

    DigestSql(MySqlTable table) {
        this.table = table;
    }

    /// The first half of a row's md5, as a number without a sign.
    Optional<String> hash(List<CanonicalColumn> columns) {
        return md5(columns).map(md5 -> "cast(conv(left(" + md5 + ", 16), 16, 10) as unsigned)");
    }

    /// The md5 of the encoded columns, as 32 hex digits.
    private Optional<String> md5(List<CanonicalColumn> columns) {
        List<String> pieces = new ArrayList<>();
        for (CanonicalColumn column : columns) {
            MySqlColumn own = table.find(column.name()).orElse(null);
            String text = own == null ? null : text(own, column.type());
            if (own == null || text == null) {
                return Optional.empty();
            }
            String value = "concat(" + prefix(own, column.type(), text) + ", " + text + ")";
            pieces.add(
                    own.field().nullable()
                            ? "if(" + Sql.name(own.name()) + " is null, 'N', " + value + ")"
                            : value);
        }
        return Optional.of("md5(concat(" + String.join(", ", pieces) + "))");
    }

    /// `V`, the length and `:`. Texts are made anew each time they are named, so their length is
    /// taken from where it is cheaper.
    private static String prefix(MySqlColumn column, Type as, String text) {
        String name = Sql.name(column.name());
        String length = "length(" + text + ")";
        if (as == Scalar.BOOL) {
            return "'V1:'";
        }
        if (as == Scalar.DATE) {
            return "'V10:'";
        }
        if (as == Scalar.TIMESTAMP || as == Scalar.TIMESTAMPTZ) {
            return "'V26:'";
        }
        if (as == Scalar.BYTES) {
            length = "2 * length(" + name + ")";
        } else if (as == Scalar.TEXT && utf8(column)) {
            length = "length(" + name + ")";
        }
        return "'V', " + length + ", ':'";
    }

    /// Whether a column's bytes are those of the text in UTF-8.
    private static boolean utf8(MySqlColumn column) {
        String collation = column.collation();
        return collation != null && collation.matches("(utf8|utf8mb3|utf8mb4|ascii)_.*");
    }

    Optional<String> bucket(List<CanonicalColumn> key, int count) {
        return count == 1 || key.isEmpty()
                ? Optional.of("0")
                : hash(key).map(hash -> bucket(hash, count));
    }

    private static String bucket(String hash, int count) {
        return "(" + hash + " >> 4) % " + count;
    }

    /// The digests of what comes after `from`. A hash stands in the statement once, for the server
    /// would compute it as often as it does; `limit` keeps it from taking the inner select apart.
    Optional<String> select(Hashing hashing, String from) {
        Optional<String> row = hash(hashing.columns());
        if (hashing.whole()) {
            String bucket = bucket("hash", hashing.buckets());
            return row.map(
                    hash ->
                            "select %s, count(*), sum(hash) from (select %s as hash%s limit %s) as"
                                            .formatted(
                                                    bucket, hash, from, Long.toUnsignedString(-1))
                                    + " hashed group by 1");
        }
        Optional<String> bucket = bucket(hashing.key(), hashing.buckets());
        return row.isEmpty() || bucket.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "select %s, count(*), sum(%s)%s group by 1"
                                .formatted(bucket.get(), row.get(), from));
    }

    private static @Nullable String text(MySqlColumn column, Type as) {
        String name = Sql.name(column.name());
        return switch (as) {
            case Decimal decimal -> decimal(column, decimal, name);
            case Scalar scalar -> text(column, scalar, name);
        };
    }

    private static @Nullable String decimal(MySqlColumn column, Decimal as, String name) {
        boolean exact =
                (column.type() instanceof Decimal own && own.scale() <= as.scale())
                        || whole(column.type());
        if (!exact) {
            return null;
        }
        boolean asIs = column.type() instanceof Decimal own && own.scale() == as.scale();
        return asIs && !zerofill(column)
                ? "concat(" + name + ")"
                : "concat(cast(" + name + " as decimal(65," + as.scale() + ")))";
    }

    private static @Nullable String text(MySqlColumn column, Scalar as, String name) {
        Type own = column.type();
        return switch (as) {
            case BOOL -> own == Scalar.BOOL ? "concat(" + name + " + 0)" : null;
            case INT8, INT16, INT32, INT64, UINT64 -> whole(own) ? whole(column, name) : null;
            case TEXT -> own == Scalar.TEXT ? characters(column, name) : null;
            case BYTES -> bytes(column, name);
            case DATE -> own == Scalar.DATE ? "concat(" + name + ")" : null;
            case TIME -> own == Scalar.TIME ? times(column, "time", name) : null;
            case TIMESTAMP -> own == Scalar.TIMESTAMP ? times(column, "datetime", name) : null;
            case TIMESTAMPTZ -> own == Scalar.TIMESTAMPTZ ? times(column, "datetime", name) : null;
            case UUID -> uuid(column, name);
            case FLOAT32, FLOAT64, JSON -> null;
        };
    }

    private static String characters(MySqlColumn column, String name) {
        return utf8(column) ? "cast(" + name + " as binary)" : PredicateSql.exact(column);
    }

    private static @Nullable String bytes(MySqlColumn column, String name) {
        boolean plain = column.type() == Scalar.BYTES && !column.dataType().equals("bit");
        return plain ? "lower(hex(" + name + "))" : null;
    }

    private static @Nullable String uuid(MySqlColumn column, String name) {
        boolean text = column.type() == Scalar.TEXT && column.columnType().equals("char(36)");
        return text || column.type() == Scalar.UUID ? "lower(concat(" + name + "))" : null;
    }

    private static boolean whole(Type type) {
        return type == Scalar.INT8
                || type == Scalar.INT16
                || type == Scalar.INT32
                || type == Scalar.INT64
                || type == Scalar.UINT64;
    }

    private static String whole(MySqlColumn column, String name) {
        return zerofill(column) || column.dataType().equals("year")
                ? "concat(" + name + " + 0)"
                : "concat(" + name + ")";
    }

    private static boolean zerofill(MySqlColumn column) {
        return column.columnType().contains("zerofill");
    }

    /// The server writes as many places as the column has.
    private static String times(MySqlColumn column, String type, String name) {
        return column.digits() == 6
                ? "concat(" + name + ")"
                : "concat(cast(" + name + " as " + type + "(6)))";
    }
}
