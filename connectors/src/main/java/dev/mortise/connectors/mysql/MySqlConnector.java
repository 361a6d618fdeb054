package dev.mortise.connectors.mysql;

import dev.mortise.connectors.mysql.MySqlTable.TableName;
import dev.mortise.connectors.mysql.Sessions.Purpose;
import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.connect.Deletes;
import dev.mortise.spi.connect.Digests;
import dev.mortise.spi.connect.Health;
import dev.mortise.spi.connect.Incremental;
import dev.mortise.spi.connect.Predicate;
import dev.mortise.spi.connect.Reads;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.connect.Sink;
import dev.mortise.spi.connect.Snapshot;
import dev.mortise.spi.connect.Target;
import dev.mortise.spi.connect.Verifies;
import dev.mortise.spi.connect.Writes;
import dev.mortise.spi.digest.Hashing;
import dev.mortise.spi.option.Settings;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One connection to a MariaDB or MySQL server.
final class MySqlConnector implements Reads, Writes, Verifies, Deletes {
    /// Below this many rows one session reads faster than several are opened.
    private static final long SINGLE_ROWS_MAX = 20_000;

    private final Settings settings;
    private final Sessions sessions;

    MySqlConnector(Settings settings) {
        this.settings = settings;
        this.sessions = new Sessions(settings);
    }

    @Override
    public void stop() {
        sessions.stop();
    }

    @Override
    public Health check() {
        return new MySqlHealth(settings, sessions).check();
    }

    @Override
    public List<String> datasets(String pattern) {
        return asking(sessions.place(), catalog -> catalog.datasets(pattern));
    }

    @Override
    public Dataset describe(String name) {
        return asking(name, catalog -> catalog.table(name)).dataset(sessions.database());
    }

    private interface Question<T> {
        T ask(MySqlCatalog catalog) throws SQLException;
    }

    private <T> T asking(String place, Question<T> question) {
        try (Connection connection = sessions.open(Purpose.READ)) {
            return question.ask(catalog(connection));
        } catch (SQLException e) {
            throw sessions.problem(e, place);
        }
    }

    private MySqlCatalog catalog(Connection connection) {
        return new MySqlCatalog(connection, sessions.database(), sessions.mariaDb());
    }

    @Override
    public Snapshot snapshot(Dataset dataset, Scan scan) {
        TableName name = TableName.parse(dataset.name(), sessions.database());
        try (Connection connection = sessions.open(Purpose.READ)) {
            MySqlTable before = catalog(connection).table(dataset.name());
            Incremental moved = scan.incremental().orElse(null);
            CursorWindow window =
                    moved == null
                            ? null
                            : CursorWindow.ask(connection, before, moved, sessions.problems());
            boolean single = before.key().isEmpty() || before.rows() < SINGLE_ROWS_MAX;
            SnapshotSessions view =
                    new SnapshotSessions(sessions, name, single ? 1 : sessions.connectionsMax());
            return snapshot(view, dataset, scan, window);
        } catch (SQLException e) {
            throw sessions.problem(e, dataset.name());
        }
    }

    private Snapshot snapshot(
            SnapshotSessions view, Dataset dataset, Scan scan, @Nullable CursorWindow window)
            throws SQLException {
        Connection connection = view.take();
        try {
            // Described once more, inside the snapshot: from here on the table cannot be altered.
            MySqlTable table = catalog(connection).table(dataset.name());
            if (window == null) {
                ScanSql all = new ScanSql(table, scan, List.of());
                view.give(connection);
                return new MySqlSnapshot(view, all, Optional.empty());
            }
            String largest = window.largest(connection, table);
            ScanSql moved = new ScanSql(table, scan, window.conditions(largest));
            view.give(connection);
            return new MySqlSnapshot(view, moved, window.cursor(largest));
        } catch (SQLException | RuntimeException e) {
            view.give(connection);
            view.close();
            throw e;
        }
    }

    @Override
    public Sink sink(Target target) {
        return new MySqlSink(sessions, target);
    }

    @Override
    public Digests digests(Dataset dataset, Hashing hashing, Optional<Predicate> filter) {
        MySqlTable table = asking(dataset.name(), catalog -> catalog.table(dataset.name()));
        boolean near = Digests.near(settings.text("host"));
        return new MySqlDigests(sessions, table, hashing, filter, near);
    }

    @Override
    public long delete(Dataset dataset, Predicate rows) {
        TableName name = TableName.parse(dataset.name(), sessions.database());
        try (Connection connection = sessions.open(Purpose.WRITE);
                Statement statement = connection.createStatement()) {
            MySqlTable table = catalog(connection).table(dataset.name());
            String where = new PredicateSql(table).sql(rows);
            long deleted =
                    statement.executeLargeUpdate("delete from " + name.sql() + " where " + where);
            connection.commit();
            return deleted;
        } catch (SQLException e) {
            throw sessions.problem(e, dataset.name());
        }
    }

    @Override
    public int sessionsMax() {
        return settings.integer("connections_max");
    }

    @Override
    public void close() {
        // Every session belongs to what it was opened for.
    }
}
