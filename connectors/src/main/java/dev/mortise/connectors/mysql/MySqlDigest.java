package dev.mortise.connectors.mysql;

import dev.mortise.connectors.mysql.MySqlTable.MySqlColumn;
import dev.mortise.spi.connect.CanonicalColumn;
import dev.mortise.spi.connect.Digest;
import dev.mortise.spi.connect.Predicate;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Checksums of a table in one scan, computed by the server.
final class MySqlDigest {
    private final Connection connection;
    private final MySqlTable table;

    MySqlDigest(Connection connection, MySqlTable table) {
        this.connection = connection;
        this.table = table;
    }

    Optional<List<Digest>> digests(
            List<CanonicalColumn> columns,
            List<CanonicalColumn> key,
            Optional<Predicate> filter,
            int buckets)
            throws SQLException {
        DigestSql sql = new DigestSql(table);
        Optional<String> row = sql.md5(columns);
        Optional<String> bucket = sql.bucket(key, buckets);
        if (row.isEmpty() || bucket.isEmpty()) {
            return Optional.empty();
        }
        String where = filter.map(f -> " where " + new PredicateSql(table).sql(f)).orElse("");
        // Sums of whole numbers are decimals there, so they do not overflow.
        String select =
                "select bucket, count(*), sum(cast(conv(left(hash, 16), 16, 10) as unsigned)),"
                        + " sum(cast(conv(right(hash, 16), 16, 10) as unsigned)) from (select "
                        + bucket.get()
                        + " as bucket, "
                        + row.get()
                        + " as hash from "
                        + table.name().sql()
                        + where
                        + ") as hashed group by bucket";
        return Optional.of(read(select, buckets));
    }

    private List<Digest> read(String select, int buckets) throws SQLException {
        List<Digest> digests = new ArrayList<>(Collections.nCopies(buckets, Digest.NONE));
        try (PreparedStatement statement = connection.prepareStatement(select);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                Digest digest =
                        new Digest(
                                rows.getLong(2),
                                modulo(rows.getBigDecimal(3)),
                                modulo(rows.getBigDecimal(4)));
                digests.set(rows.getInt(1), digest);
            }
        }
        return List.copyOf(digests);
    }

    private static long modulo(BigDecimal sum) {
        return sum.toBigInteger().longValue();
    }

    /// The canonical encoding of rows as an expression of the server, where it has one. Floats have
    /// none, and json is kept as text there, its keys in any order.
    static final class DigestSql {
        private final MySqlTable table;

        DigestSql(MySqlTable table) {
            this.table = table;
        }

        /// The md5 of the encoded columns, as 32 hex digits.
        Optional<String> md5(List<CanonicalColumn> columns) {
            List<String> pieces = new ArrayList<>();
            for (CanonicalColumn column : columns) {
                MySqlColumn own = table.find(column.name()).orElse(null);
                String text = own == null ? null : text(own, column.type());
                if (own == null || text == null) {
                    return Optional.empty();
                }
                String value = "concat('V', length(" + text + "), ':', " + text + ")";
                pieces.add(
                        own.field().nullable()
                                ? "if(" + Sql.name(own.name()) + " is null, 'N', " + value + ")"
                                : value);
            }
            return Optional.of("md5(concat(" + String.join(", ", pieces) + "))");
        }

        Optional<String> bucket(List<CanonicalColumn> key, int count) {
            return md5(key).map(md5 -> bucket(md5, count));
        }

        /// Sixty bits, so that the number stays positive everywhere.
        static String bucket(String md5, int count) {
            return "cast(conv(left(" + md5 + ", 15), 16, 10) as unsigned) % " + count;
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
                case TEXT -> own == Scalar.TEXT ? PredicateSql.exact(column) : null;
                case BYTES -> bytes(column, name);
                case DATE -> own == Scalar.DATE ? "concat(" + name + ")" : null;
                case TIME -> own == Scalar.TIME ? times(column, "time", name) : null;
                case TIMESTAMP -> own == Scalar.TIMESTAMP ? times(column, "datetime", name) : null;
                case TIMESTAMPTZ ->
                        own == Scalar.TIMESTAMPTZ ? times(column, "datetime", name) : null;
                case UUID -> uuid(column, name);
                case FLOAT32, FLOAT64, JSON -> null;
            };
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
}
