package dev.mortise.connectors.postgres;

import dev.mortise.spi.connect.CanonicalColumn;
import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.connect.Deletes;
import dev.mortise.spi.connect.Digest;
import dev.mortise.spi.connect.Health;
import dev.mortise.spi.connect.Predicate;
import dev.mortise.spi.connect.Reads;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.connect.Sink;
import dev.mortise.spi.connect.Snapshot;
import dev.mortise.spi.connect.Target;
import dev.mortise.spi.connect.Verifies;
import dev.mortise.spi.connect.Writes;
import dev.mortise.spi.option.Settings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// One PostgreSQL database.
final class PostgresConnector implements Reads, Writes, Verifies, Deletes {
    private final PostgresSessions sessions;

    /// A database keeps its encoding, so it is asked for once.
    private volatile @Nullable CanonicalSql canonical;

    private final AtomicBoolean ledgerMade = new AtomicBoolean();

    PostgresConnector(Settings settings) {
        this.sessions = new PostgresSessions(settings);
    }

    @FunctionalInterface
    private interface Asked<T> {
        T of(Connection connection) throws SQLException;
    }

    private <T> T ask(Asked<T> question) {
        try {
            Connection connection = sessions.open(PostgresSessions.READER);
            try {
                return question.of(connection);
            } finally {
                sessions.layAside(PostgresSessions.READER, connection);
            }
        } catch (SQLException e) {
            throw new PostgresProblems().exception(e);
        }
    }

    @Override
    public Health check() {
        return new PostgresHealth(sessions).check();
    }

    @Override
    public List<String> datasets(String pattern) {
        return ask(connection -> new PostgresCatalog(connection).datasets(pattern));
    }

    @Override
    public Dataset describe(String name) {
        return ask(connection -> new PostgresCatalog(connection).describe(name).dataset(name));
    }

    @Override
    public List<Dataset> describe(List<String> names) {
        List<PostgresTable> tables =
                ask(connection -> new PostgresCatalog(connection).describe(names));
        List<Dataset> datasets = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            datasets.add(tables.get(i).dataset(names.get(i)));
        }
        return datasets;
    }

    @Override
    public Snapshot snapshot(Dataset dataset, Scan scan) {
        return ask(
                connection ->
                        new PostgresSnapshot(
                                sessions,
                                new PostgresCatalog(connection).describe(dataset.name()),
                                canonical(connection),
                                scan));
    }

    private CanonicalSql canonical(Connection connection) throws SQLException {
        CanonicalSql known = canonical;
        if (known != null) {
            return known;
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show server_encoding")) {
            row.next();
            CanonicalSql found = new CanonicalSql(row.getString(1).equals("UTF8"));
            canonical = found;
            return found;
        }
    }

    @Override
    public Sink sink(Target target) {
        return ask(
                connection ->
                        new PostgresSink(
                                sessions,
                                target,
                                SinkShape.of(new PostgresCatalog(connection), connection, target),
                                ledgerMade));
    }

    @Override
    public Optional<List<Digest>> digests(
            Dataset dataset,
            List<CanonicalColumn> columns,
            List<CanonicalColumn> key,
            Optional<Predicate> filter,
            int buckets) {
        return ask(
                connection -> {
                    PostgresTable table = new PostgresCatalog(connection).describe(dataset.name());
                    PostgresDigest digest =
                            new PostgresDigest(connection, table, canonical(connection));
                    return digest.compute(columns, key, filter, buckets);
                });
    }

    @Override
    public long delete(Dataset dataset, Predicate rows) {
        try {
            Connection connection = sessions.open(PostgresSessions.WRITER);
            try (Statement statement = connection.createStatement()) {
                PostgresTable table = new PostgresCatalog(connection).describe(dataset.name());
                String where = new PredicateSql(table, canonical(connection)).of(rows);
                return statement.executeLargeUpdate(
                        "delete from " + table.quoted() + " where " + where);
            } finally {
                sessions.layAside(PostgresSessions.WRITER, connection);
            }
        } catch (SQLException e) {
            throw new PostgresProblems().exception(e).at(dataset.name());
        }
    }

    @Override
    public int sessionsMax() {
        return sessions.settings().integer("connections_max");
    }

    @Override
    public void close() {
        sessions.close();
    }
}
