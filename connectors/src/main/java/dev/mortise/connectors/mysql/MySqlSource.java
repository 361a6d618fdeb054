package dev.mortise.connectors.mysql;

import dev.mortise.connectors.mysql.KeyRanges.KeyRange;
import dev.mortise.connectors.mysql.RawRowCodec.RawRow;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.connect.Source;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads one range, row by row as the server sends them: nothing but the batch is held.
final class MySqlSource implements Source {
    private final SnapshotSessions sessions;
    private final Connection connection;
    private final ScanSql scan;
    private final Range range;
    private final KeyRange bounds;
    private final Rejects rejects;
    private final RowReader reader;
    private final List<Integer> keyPlaces;
    private volatile @Nullable PreparedStatement statement;
    private @Nullable ResultSet rows;
    private List<String> lastKey = List.of();
    private boolean enterable;
    private boolean ended;
    private boolean closed;

    MySqlSource(SnapshotSessions sessions, ScanSql scan, Range range, Rejects rejects) {
        this.sessions = sessions;
        this.connection = sessions.take();
        this.scan = scan;
        this.range = range;
        this.bounds = KeyRange.parse(range.bounds());
        this.rejects = rejects;
        this.reader = new RowReader(scan.selected());
        this.keyPlaces = scan.keyPlaces();
        this.enterable = !keyPlaces.isEmpty();
    }

    @Override
    public @Nullable Batch next() {
        while (!ended) {
            Batch batch = read();
            if (batch.rows() > 0) {
                return batch;
            }
        }
        return null;
    }

    private Batch read() {
        try {
            ResultSet open = rows == null ? open() : rows;
            while (!reader.full()) {
                if (!open.next()) {
                    ended = true;
                    break;
                }
                reader.add(open.getObject(1, RawRow.class).bytes());
            }
            if (enterable && reader.rows() > 0) {
                lastKey = reader.lastKey(keyPlaces);
                enterable = !lastKey.isEmpty();
            }
            return reader.take(scan.schema(), rejects);
        } catch (SQLException e) {
            throw sessions.problem(e);
        }
    }

    private ResultSet open() throws SQLException {
        PreparedStatement opened = connection.prepareStatement(scan.select(bounds));
        statement = opened;
        // One at a time: rows are of any size, and more at a time is not faster.
        opened.setFetchSize(1);
        ResultSet result = opened.executeQuery();
        rows = result;
        return result;
    }

    @Override
    public @Nullable Range rest() {
        if (!enterable) {
            return null;
        }
        if (lastKey.isEmpty()) {
            return range;
        }
        String rest = bounds.startingAfter(lastKey).text();
        return rest.length() > Range.BOUNDS_MAX ? null : new Range(range.part(), rest);
    }

    @Override
    public void cancel() {
        PreparedStatement open = statement;
        try {
            if (open != null) {
                open.cancel();
            }
        } catch (SQLException _) {
            // It has ended already.
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        PreparedStatement open = statement;
        ResultSet result = rows;
        boolean usable = true;
        if (open != null && result != null && !ended) {
            usable = stopped(open, result);
        }
        if (usable) {
            closeStatement();
            sessions.give(connection);
        } else {
            sessions.discard(connection);
        }
    }

    /// Makes the server stop sending. The session must live on: nobody can open another one that
    /// sees the same moment.
    private static boolean stopped(PreparedStatement statement, ResultSet rows) {
        try {
            statement.cancel();
            boolean more = rows.next();
            while (more) {
                more = rows.next();
            }
            return true;
        } catch (SQLException e) {
            return e.getErrorCode() == MySqlProblems.INTERRUPTED;
        }
    }

    private void closeStatement() {
        ended = true;
        try {
            if (statement != null) {
                statement.close();
            }
        } catch (SQLException e) {
            throw sessions.problem(e);
        }
    }
}
