package dev.mortise.connectors.duckdb;

import dev.mortise.spi.connect.CanonicalColumn;
import dev.mortise.spi.connect.Digest;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The checksums of [dev.mortise.spi.connect.Verifies] as SQL. Json has no canonical form in
/// DuckDB, so tables with json columns are compared outside.
final class DuckDbDigest {
    private static final String TIME = "%H:%M:%S.%f";
    private static final String TIMESTAMP = "%Y-%m-%d " + TIME;

    private DuckDbDigest() {}

    /// SQL for the hash bucket of a row.
    static Optional<String> bucket(List<CanonicalColumn> key, int count) {
        return encoding(key).map(text -> "((" + half(text, 1) + ") >> 4) % " + count + "::ubigint");
    }

    /// The query that gives bucket, count and both sums.
    static Optional<String> query(
            String table,
            String where,
            List<CanonicalColumn> columns,
            List<CanonicalColumn> key,
            int buckets) {
        Optional<String> bucket =
                buckets == 1 || key.isEmpty() ? Optional.of("0") : bucket(key, buckets);
        Optional<String> row = encoding(columns);
        if (bucket.isEmpty() || row.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                "select b, count(*), sum("
                        + half("h", true)
                        + "), sum("
                        + half("h", false)
                        + ") from (select "
                        + bucket.get()
                        + " as b, md5("
                        + row.get()
                        + ") as h from "
                        + table
                        + where
                        + ") group by b");
    }

    static List<Digest> run(Connection connection, String sql, int buckets) throws SQLException {
        Digest[] digests = new Digest[buckets];
        Arrays.fill(digests, Digest.NONE);
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                digests[rows.getInt(1)] = new Digest(rows.getLong(2), sum(rows, 3), sum(rows, 4));
            }
        }
        return List.of(digests);
    }

    private static long sum(ResultSet rows, int column) throws SQLException {
        return new BigInteger(rows.getString(column)).longValue();
    }

    private static String half(String text, int start) {
        return "('0x' || substr(md5(" + text + "), " + start + ", 16))::ubigint";
    }

    private static String half(String hash, boolean first) {
        return "('0x' || substr(" + hash + ", " + (first ? 1 : 17) + ", 16))::ubigint";
    }

    private static Optional<String> encoding(List<CanonicalColumn> columns) {
        List<String> parts = new ArrayList<>();
        for (CanonicalColumn column : columns) {
            Optional<String> text =
                    form(column.type(), DuckDbDialect.INSTANCE.quote(column.name()));
            if (text.isEmpty()) {
                return Optional.empty();
            }
            parts.add(
                    "coalesce('V' || strlen("
                            + text.get()
                            + ") || ':' || ("
                            + text.get()
                            + "), 'N')");
        }
        return Optional.of(parts.isEmpty() ? "''" : String.join(" || ", parts));
    }

    private static Optional<String> form(Type type, String column) {
        return switch (type) {
            case Decimal decimal -> Optional.of(cast(column, decimal) + "::varchar");
            case Scalar scalar ->
                    switch (scalar) {
                        case BOOL -> Optional.of(column + "::boolean::integer::varchar");
                        case INT8, INT16, INT32, INT64, UINT64, DATE, UUID ->
                                Optional.of(cast(column, scalar) + "::varchar");
                        case FLOAT32, FLOAT64 -> Optional.of(bits(cast(column, scalar)));
                        case TEXT -> Optional.of(column + "::varchar");
                        case BYTES -> Optional.of("lower(hex(" + column + "::blob))");
                        case TIME -> Optional.of(time(column));
                        case TIMESTAMP -> Optional.of(timestamp(column + "::timestamp"));
                        case TIMESTAMPTZ ->
                                Optional.of(
                                        timestamp(
                                                "("
                                                        + column
                                                        + "::timestamptz at time zone 'UTC')"));
                        case JSON -> Optional.empty();
                    };
        };
    }

    private static String cast(String column, Type type) {
        return column + "::" + DuckDbDialect.sql(type);
    }

    private static String bits(String number) {
        return "case when isnan("
                + number
                + ") then lower(hex(('nan'::"
                + after(number)
                + ")::bit::blob)) else lower(hex(("
                + number
                + ")::bit::blob)) end";
    }

    private static String after(String cast) {
        return cast.substring(cast.lastIndexOf("::") + 2);
    }

    private static String time(String column) {
        return "case when "
                + column
                + "::time = time '24:00:00' then '24:00:00.000000'"
                + " else strftime(date '1970-01-01' + "
                + column
                + "::time, '"
                + TIME
                + "') end";
    }

    private static String timestamp(String value) {
        return "case when isinf("
                + value
                + ") then "
                + value
                + "::varchar else strftime("
                + value
                + ", '"
                + TIMESTAMP
                + "') end";
    }
}
