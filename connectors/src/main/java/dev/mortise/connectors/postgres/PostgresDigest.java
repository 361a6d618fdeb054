package dev.mortise.connectors.postgres;

import dev.mortise.spi.connect.CanonicalColumn;
import dev.mortise.spi.connect.Digest;
import dev.mortise.spi.connect.Predicate;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Checksums of a table, computed by the server in one scan.
final class PostgresDigest {
    private final Connection connection;
    private final PostgresTable table;
    private final CanonicalSql canonical;

    PostgresDigest(Connection connection, PostgresTable table, CanonicalSql canonical) {
        this.connection = connection;
        this.table = table;
        this.canonical = canonical;
    }

    Optional<List<Digest>> compute(
            List<CanonicalColumn> columns,
            List<CanonicalColumn> key,
            Optional<Predicate> filter,
            int buckets)
            throws SQLException {
        Optional<String> row = canonical.encoded(table, columns);
        Optional<String> bucket =
                buckets == 1 || key.isEmpty()
                        ? Optional.of("0::bigint")
                        : canonical.bucket(table, key, buckets);
        if (row.isEmpty() || bucket.isEmpty()) {
            return Optional.empty();
        }
        String where =
                filter.map(p -> " where " + new PredicateSql(table, canonical).of(p)).orElse("");
        // The inner select keeps the hash from being computed once for each half.
        return Optional.of(
                sums(
                        """
                        select bucket, count(*), sum(('x' || left(hash, 16))::bit(64)::bigint),
                          sum(('x' || right(hash, 16))::bit(64)::bigint)
                        from (select %s as bucket, %s as hash from %s%s offset 0) hashed
                        group by bucket
                        """
                                .formatted(
                                        bucket.get(),
                                        canonical.md5(row.get()),
                                        table.quoted(),
                                        where),
                        buckets));
    }

    private List<Digest> sums(String sql, int buckets) throws SQLException {
        List<Digest> digests = new ArrayList<>(Collections.nCopies(buckets, Digest.NONE));
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                digests.set(
                        row.getInt(1), new Digest(row.getLong(2), modulo(row, 3), modulo(row, 4)));
            }
        }
        return digests;
    }

    /// A sum modulo 2^64: the low 64 bits of its two's complement.
    private static long modulo(ResultSet row, int place) throws SQLException {
        BigDecimal sum = row.getBigDecimal(place);
        return sum == null ? 0 : sum.toBigIntegerExact().longValue();
    }
}
