package dev.mortise.connectors.mysql;

import dev.mortise.spi.connect.CanonicalColumn;
import dev.mortise.spi.connect.Digest;
import dev.mortise.spi.connect.Predicate;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

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
}
