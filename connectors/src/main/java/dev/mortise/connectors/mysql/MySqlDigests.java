package dev.mortise.connectors.mysql;

import dev.mortise.connectors.mysql.KeyRanges.KeyRange;
import dev.mortise.connectors.mysql.Sessions.Purpose;
import dev.mortise.spi.connect.Digests;
import dev.mortise.spi.connect.Predicate;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.digest.Digest;
import dev.mortise.spi.digest.DigestForm;
import dev.mortise.spi.digest.Hashing;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Checksums of a table, computed by the server, part by part: a part is a span of its key.
final class MySqlDigests implements Digests {
    /// One thread of the server makes texts of all values, and md5 of those.
    private static final int MD5 = 250;

    /// What is left of a cost when all rows would have to come over a network instead.
    private static final int FAR = 3;

    private final Sessions sessions;
    private final ScanSql scan;
    private final Hashing hashing;
    private final boolean near;
    private final DigestSql sql;

    MySqlDigests(
            Sessions sessions,
            MySqlTable table,
            Hashing hashing,
            Optional<Predicate> filter,
            boolean near) {
        this.sessions = sessions;
        this.scan = new ScanSql(table, new Scan(List.of(), filter, Optional.empty()), List.of());
        this.hashing = hashing;
        this.near = near;
        this.sql = new DigestSql(table);
    }

    @Override
    public Map<DigestForm, Integer> costs() {
        return sql.select(hashing, "").isEmpty()
                ? Map.of()
                : Map.of(DigestForm.CANONICAL, near ? MD5 : MD5 / FAR);
    }

    private interface Question<T> {
        T ask(Connection connection) throws SQLException;
    }

    private <T> T asking(Question<T> question) {
        try (Connection connection = sessions.open(Purpose.READ)) {
            return question.ask(connection);
        } catch (SQLException e) {
            throw sessions.problem(e, scan.table().name().table());
        }
    }

    @Override
    public List<Range> parts(long rowsMax) {
        return asking(connection -> new KeyRanges(scan, connection).split(rowsMax));
    }

    @Override
    public List<Digest> compute(DigestForm form, Range part) {
        KeyRange range = KeyRange.parse(part.bounds());
        String select = sql.select(hashing, scan.from(range)).orElseThrow();
        return asking(connection -> read(connection, select));
    }

    private List<Digest> read(Connection connection, String sql) throws SQLException {
        List<Digest> digests = new ArrayList<>(Collections.nCopies(hashing.buckets(), Digest.NONE));
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                // Sums of whole numbers are decimals there, so they do not overflow.
                long sum = rows.getBigDecimal(3).toBigInteger().longValue();
                digests.set(rows.getInt(1), new Digest(rows.getLong(2), sum));
            }
        }
        return List.copyOf(digests);
    }
}
