package dev.mortise.connectors.mysql;

import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.connect.Snapshot;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.type.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// One consistent view of a table.
final class MySqlSnapshot implements Snapshot {
    private final SnapshotSessions sessions;
    private final ScanSql scan;
    private final Optional<String> cursor;

    MySqlSnapshot(SnapshotSessions sessions, ScanSql scan, Optional<String> cursor) {
        this.sessions = sessions;
        this.scan = scan;
        this.cursor = cursor;
    }

    @Override
    public Schema schema() {
        return scan.schema();
    }

    @Override
    public List<Range> ranges(long rowsMax) {
        Connection connection = sessions.take();
        try {
            return new KeyRanges(scan, connection).split(rowsMax);
        } catch (SQLException e) {
            throw sessions.problem(e);
        } finally {
            sessions.give(connection);
        }
    }

    @Override
    public Source source(Range range, Rejects rejects) {
        return new MySqlSource(sessions, scan, range, rejects);
    }

    @Override
    public Optional<String> cursor() {
        return cursor;
    }

    @Override
    public void close() {
        sessions.close();
    }
}
