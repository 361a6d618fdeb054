package dev.mortise.connectors.duckdb;

import dev.mortise.spi.connect.Digests;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.digest.CanonicalColumn;
import dev.mortise.spi.digest.Digest;
import dev.mortise.spi.digest.DigestForm;
import dev.mortise.spi.digest.Hashing;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Checksums of a table, computed by DuckDB in one part. Json has no canonical form there, so
/// tables with json columns are compared outside.
final class DuckDbDigests implements Digests {
    private static final int MD5 = 60;

    private static final String TIME = "%H:%M:%S.%f";
    private static final String TIMESTAMP = "%Y-%m-%d " + TIME;

    private final DuckDbFile file;
    private final Hashing hashing;
    private final Optional<String> query;

    /// @param where a condition with its word before it; null when the rows cannot be told in SQL
    DuckDbDigests(DuckDbFile file, String table, @Nullable String where, Hashing hashing) {
        this.file = file;
        this.hashing = hashing;
        this.query = where == null ? Optional.empty() : query(table, where, hashing);
    }

    private static Optional<String> query(String table, String where, Hashing hashing) {
        if (hashing.whole()) {
            String bucket = "(h >> 4) % " + hashing.buckets() + "::ubigint";
            String from = " as h from " + table + where + ") group by 1";
            return encoding(hashing.columns())
                    .map(
                            row ->
                                    "select "
                                            + bucket
                                            + ", count(*), sum(h) from (select "
                                            + half(row)
                                            + from);
        }
        Optional<String> bucket =
                hashing.buckets() == 1 || hashing.key().isEmpty()
                        ? Optional.of("0")
                        : bucket(hashing.key(), hashing.buckets());
        Optional<String> row = encoding(hashing.columns());
        return bucket.isEmpty() || row.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "select %s, count(*), sum(%s) from %s%s group by 1"
                                .formatted(bucket.get(), half(row.get()), table, where));
    }

    /// SQL for the hash bucket of a row.
    static Optional<String> bucket(List<CanonicalColumn> key, int count) {
        return encoding(key).map(text -> "((" + half(text) + ") >> 4) % " + count + "::ubigint");
    }

    @Override
    public Map<DigestForm, Integer> costs() {
        return query.isEmpty() ? Map.of() : Map.of(DigestForm.CANONICAL, MD5);
    }

    @Override
    public List<Range> parts(long rowsMax) {
        return List.of(new Range(0, "all"));
    }

    @Override
    public List<Digest> compute(DigestForm form, Range part) {
        Digest[] digests = new Digest[hashing.buckets()];
        Arrays.fill(digests, Digest.NONE);
        try (DuckDbSession session = file.session();
                Statement statement = session.connection().createStatement();
                ResultSet rows = statement.executeQuery(query.orElseThrow())) {
            while (rows.next()) {
                long sum = new BigInteger(rows.getString(3)).longValue();
                digests[rows.getInt(1)] = new Digest(rows.getLong(2), sum);
            }
            return List.of(digests);
        } catch (SQLException e) {
            throw DuckDbProblems.INSTANCE.exception(e);
        }
    }

    /// The first half of the md5 of a text.
    private static String half(String text) {
        return "('0x' || substr(md5(" + text + "), 1, 16))::ubigint";
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
