package dev.mortise.connectors.postgres;

import dev.mortise.spi.connect.Predicate;
import dev.mortise.spi.digest.CanonicalColumn;
import dev.mortise.spi.digest.DigestForm;
import dev.mortise.spi.digest.Hashing;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The hashes of a table's rows as SQL, in each form the server can compute. What a form cannot be
/// said for is empty.
final class HashSql {
    /// Of text, bytes, numbers, a date, a truth and a uuid: equal where the hash functions are.
    private static final String PROBE =
            "select to_hex(hashint4extended(0, hash_record_extended(row('%s'::text collate \"C\","
                    + " '\\xff00'::bytea, 7::int4, 1234567890123::int8, date '2024-02-29', true,"
                    + " 'c0ffee00-0000-4000-8000-000000000001'::uuid, null::text), 0)))";

    private static final String OWN = "postgres-";

    private static final String NO_FUNCTION = "42883";

    private final PostgresTable table;
    private final CanonicalSql canonical;
    private final String probe;

    /// @param probe what the server's own hash gives for a known row; empty when it has none
    private HashSql(PostgresTable table, CanonicalSql canonical, String probe) {
        this.table = table;
        this.canonical = canonical;
        this.probe = canonical.utf8() ? probe : "";
    }

    static HashSql of(Connection connection, PostgresTable table) throws SQLException {
        return new HashSql(table, CanonicalSql.of(connection), probe(connection));
    }

    private static String probe(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(PROBE.formatted("\u69ab"))) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            // Servers before version 14 have no such function.
            if (NO_FUNCTION.equals(e.getSQLState())) {
                return "";
            }
            throw e;
        }
    }

    /// The form of the server's own hash. Its name holds all that has to be alike on both sides.
    Optional<DigestForm> own(Hashing hashing) {
        return probe.isEmpty()
                ? Optional.empty()
                : OwnSql.shape(table, hashing.columns())
                        .map(shape -> new DigestForm(OWN + probe + shape));
    }

    CanonicalSql canonical() {
        return canonical;
    }

    private static boolean canonical(DigestForm form) {
        return form.equals(DigestForm.CANONICAL);
    }

    /// The hash of some columns of a row, as a bigint.
    Optional<String> hash(DigestForm form, List<CanonicalColumn> columns) {
        return hash(table, canonical, form, columns);
    }

    private static Optional<String> hash(
            PostgresTable table,
            CanonicalSql canonical,
            DigestForm form,
            List<CanonicalColumn> columns) {
        if (canonical(form)) {
            return canonical.hash(table, columns);
        }
        return form.name().startsWith(OWN) ? OwnSql.hash(table, columns) : Optional.empty();
    }

    /// The number of the bucket that a key's hash falls into.
    static String bucket(String hash, int count) {
        return "(((%s) >> 4) & %d) %% %d".formatted(hash, -1L >>> 4, count);
    }

    /// The condition that rows lie in some buckets.
    static Optional<String> within(
            PostgresTable table, CanonicalSql canonical, Predicate.Buckets buckets) {
        if (buckets.wanted().isEmpty()) {
            return Optional.of("false");
        }
        return hash(table, canonical, buckets.form(), buckets.key())
                .map(
                        hash ->
                                buckets.wanted().stream()
                                        .sorted()
                                        .map(String::valueOf)
                                        .collect(
                                                Collectors.joining(
                                                        ", ",
                                                        bucket(hash, buckets.count()) + " in (",
                                                        ")")));
    }
}
