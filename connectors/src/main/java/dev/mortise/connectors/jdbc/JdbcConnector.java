package dev.mortise.connectors.jdbc;

import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.connect.Health;
import dev.mortise.spi.connect.Reads;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.connect.Sink;
import dev.mortise.spi.connect.Snapshot;
import dev.mortise.spi.connect.Target;
import dev.mortise.spi.connect.Writes;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Reads and writes any database that has a dialect here, row by row through its JDBC driver.
public final class JdbcConnector implements Reads, Writes {
    private final JdbcPlace place;

    public JdbcConnector(JdbcPlace place) {
        this.place = place;
    }

    /// Something done with a connection of its own.
    @FunctionalInterface
    private interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    private <T> T with(Work<T> work) {
        try (Connection connection = place.connect()) {
            return work.in(connection);
        } catch (SQLException e) {
            throw place.dialect().problems().exception(e);
        }
    }

    @Override
    public Health check() {
        try (Connection connection = place.connect()) {
            DatabaseMetaData meta = connection.getMetaData();
            String version = meta.getDatabaseProductName() + " " + meta.getDatabaseProductVersion();
            return new Health(
                    List.of(
                            Health.Step.DNS,
                            Health.Step.TCP,
                            Health.Step.LOGIN,
                            Health.Step.VERSION),
                    Optional.empty(),
                    version);
        } catch (SQLException e) {
            return sick(place.dialect().problems().problem(e));
        } catch (ProblemException e) {
            return sick(e.problem());
        }
    }

    private static Health sick(Problem problem) {
        return new Health(List.of(), Optional.of(problem), "");
    }

    @Override
    public List<String> datasets(String pattern) {
        return with(connection -> new JdbcCatalog(connection, place.dialect()).datasets()).stream()
                .filter(name -> TableName.matches(pattern, name))
                .toList();
    }

    @Override
    public Dataset describe(String name) {
        return table(name).dataset();
    }

    private Optional<JdbcCatalog.Table> find(String name) {
        return with(
                connection ->
                        new JdbcCatalog(connection, place.dialect()).find(TableName.parse(name)));
    }

    private JdbcCatalog.Table table(String name) {
        return find(name)
                .orElseThrow(
                        () ->
                                ProblemException.of(
                                        ProblemCode.DATASET_MISSING,
                                        "no table or view '" + name + "'",
                                        Nearest.fix(name, datasets("*"))));
    }

    @Override
    public Snapshot snapshot(Dataset dataset, Scan scan) {
        return new JdbcSnapshot(place, table(dataset.name()), scan);
    }

    @Override
    public Sink sink(Target target) {
        Optional<JdbcCatalog.Table> table = find(target.dataset());
        if (table.isEmpty() && !target.create()) {
            table(target.dataset());
        }
        TableName name =
                with(
                        connection -> {
                            String home = new JdbcCatalog(connection, place.dialect()).home();
                            return TableName.parse(target.dataset()).in(home);
                        });
        try {
            return new JdbcSink(place, target, table.orElse(null), name);
        } catch (SQLException e) {
            throw place.dialect().problems().exception(e);
        }
    }

    @Override
    public void close() {
        // Every connection belongs to a source, a sink or a lane, which close their own.
    }
}
