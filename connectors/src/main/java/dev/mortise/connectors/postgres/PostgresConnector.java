package dev.mortise.connectors.postgres;

import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.connect.Deletes;
import dev.mortise.spi.connect.Digests;
import dev.mortise.spi.connect.Health;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// One PostgreSQL database.
final class PostgresConnector implements Reads, Writes, Verifies, Deletes {
    private final PostgresSessions sessions;

    private final AtomicBoolean ledgerMade = new AtomicBoolean();

    PostgresConnector(Settings settings) {
        this.sessions = new PostgresSessions(settings);
    }

    private <T> T ask(PostgresSessions.Asked<T> question) {
        return sessions.ask(question);
    }

    @Override
    public void stop() {
        sessions.stop();
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
                                CanonicalSql.of(connection),
                                scan));
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
    public Digests digests(Dataset dataset, Hashing hashing, Optional<Predicate> filter) {
        return ask(
                connection -> {
                    PostgresTable table = new PostgresCatalog(connection).describe(dataset.name());
                    HashSql hashes = HashSql.of(connection, table);
                    return new PostgresDigests(sessions, table, hashes, hashing, filter);
                });
    }

    @Override
    public long delete(Dataset dataset, Predicate rows) {
        try {
            Connection connection = sessions.open(PostgresSessions.WRITER);
            try (Statement statement = connection.createStatement()) {
                PostgresTable table = new PostgresCatalog(connection).describe(dataset.name());
                String where = new PredicateSql(table, CanonicalSql.of(connection)).of(rows);
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
