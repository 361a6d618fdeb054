package dev.mortise.connectors.postgres;

import dev.mortise.connectors.postgres.Bounds.Kind;
import dev.mortise.spi.connect.Digests;
import dev.mortise.spi.connect.Predicate;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.digest.Digest;
import dev.mortise.spi.digest.DigestForm;
import dev.mortise.spi.digest.Hashing;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Checksums of a table, computed by the server, part by part: a part is a run of blocks.
final class PostgresDigests implements Digests {
    /// The server's own hash, where rows need not be brought here.
    private static final int OWN = 40;

    private static final int MD5 = 160;

    /// What is left of a cost when all rows would have to come over a network instead.
    private static final int FAR = 3;

    private final PostgresSessions sessions;
    private final PostgresTable table;
    private final HashSql hashes;
    private final Hashing hashing;
    private final String filter;

    /// @param hashes of this table
    PostgresDigests(
            PostgresSessions sessions,
            PostgresTable table,
            HashSql hashes,
            Hashing hashing,
            Optional<Predicate> filter) {
        this.sessions = sessions;
        this.table = table;
        this.hashes = hashes;
        this.hashing = hashing;
        this.filter = filter.map(new PredicateSql(table, hashes.canonical())::of).orElse("true");
    }

    @Override
    public Map<DigestForm, Integer> costs() {
        boolean near = Digests.near(sessions.settings().text("host"));
        Map<DigestForm, Integer> costs = new LinkedHashMap<>();
        hashes.own(hashing)
                .filter(form -> sql(form, "true").isPresent())
                .ifPresent(form -> costs.put(form, near ? OWN : OWN / FAR));
        if (sql(DigestForm.CANONICAL, "true").isPresent()) {
            costs.put(DigestForm.CANONICAL, near ? MD5 : MD5 / FAR);
        }
        return costs;
    }

    @Override
    public List<Range> parts(long rowsMax) {
        return sessions.ask(
                connection -> {
                    boolean whole =
                            !table.heap()
                                    || table.rowsEstimated() <= rowsMax
                                    || !RangeSplitter.findsBlocks(connection);
                    return whole
                            ? List.of(new Range(0, Bounds.all(null).text()))
                            : blocks(connection, rowsMax);
                });
    }

    private List<Range> blocks(Connection connection, long rowsMax) throws SQLException {
        long blocks =
                Long.parseLong(
                        one(
                                connection,
                                "select pg_relation_size(%d) / current_setting('block_size')::int"
                                        .formatted(table.oid())));
        long step = Math.max(1, Math.ceilDiv(blocks * rowsMax, table.rowsEstimated()));
        String file = file(connection);
        List<Range> parts = new ArrayList<>();
        for (long low = 0; low == 0 || low < blocks; low += step) {
            // Rows that come in between lie in the last part, which is open.
            boolean last = low + step >= blocks;
            Bounds bounds =
                    new Bounds(
                            Kind.BLOCK,
                            List.of(Long.toString(low)),
                            last ? List.of() : List.of(Long.toString(low + step)),
                            file,
                            null);
            parts.add(new Range(parts.size(), bounds.text()));
        }
        return parts;
    }

    /// Another one once the table is rewritten: then blocks hold other rows.
    private String file(Connection connection) throws SQLException {
        return one(connection, "select pg_relation_filenode(%d)::text".formatted(table.oid()));
    }

    private static String one(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    @Override
    public List<Digest> compute(DigestForm form, Range part) {
        Bounds bounds = Bounds.parse(part.bounds());
        String sql = sql(form, bounds.kind() == Kind.BLOCK ? within(bounds) : "true").orElseThrow();
        return sessions.ask(
                connection -> {
                    if (bounds.kind() == Kind.BLOCK
                            && !bounds.fingerprint().equals(file(connection))) {
                        throw rewritten();
                    }
                    return sums(connection, sql);
                });
    }

    private ProblemException rewritten() {
        return ProblemException.of(
                ProblemCode.SOURCE_CHANGED,
                "table '%s' was rewritten while it was compared".formatted(table.name()),
                "compare it again from the start: mortise verify --fresh");
    }

    private static String within(Bounds bounds) {
        String low = "ctid >= '(%s,0)'::tid".formatted(bounds.low().getFirst());
        return bounds.high().isEmpty()
                ? low
                : low + " and ctid < '(%s,0)'::tid".formatted(bounds.high().getFirst());
    }

    private Optional<String> sql(DigestForm form, String part) {
        String where = filter.equals("true") ? part : part + " and " + filter;
        Optional<String> row = hashes.hash(form, hashing.columns());
        if (hashing.whole()) {
            return row.map(hash -> whole(hash, where));
        }
        Optional<String> bucket =
                hashing.buckets() == 1 || hashing.key().isEmpty()
                        ? Optional.of("0::bigint")
                        : hashes.hash(form, hashing.key())
                                .map(hash -> HashSql.bucket(hash, hashing.buckets()));
        return row.isEmpty() || bucket.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "select %s, count(*), sum(%s) from %s where %s group by 1"
                                .formatted(bucket.get(), row.get(), table.quoted(), where));
    }

    /// With `offset` the inner select stands on its own, and the hash is not computed twice.
    private String whole(String hash, String where) {
        return """
        select %s, count(*), sum(hash)
        from (select %s as hash from %s where %s offset 0) hashed group by 1
        """
                .formatted(HashSql.bucket("hash", hashing.buckets()), hash, table.quoted(), where);
    }

    private List<Digest> sums(Connection connection, String sql) throws SQLException {
        List<Digest> digests = new ArrayList<>(Collections.nCopies(hashing.buckets(), Digest.NONE));
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                digests.set(row.getInt(1), new Digest(row.getLong(2), modulo(row, 3)));
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
