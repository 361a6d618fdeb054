package dev.mortise.connectors.duckdb;

import dev.mortise.connectors.jdbc.PredicateSql;
import dev.mortise.connectors.jdbc.TableName;
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
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A DuckDB file that can be read, written and compared.
final class DuckDbConnector implements Reads, Writes, Verifies, Deletes {
    private final Path path;
    private final DuckDbFile.Limits limits;
    private @Nullable DuckDbFile file;

    DuckDbConnector(Path path, DuckDbFile.Limits limits) {
        this.path = path;
        this.limits = limits;
    }

    private synchronized DuckDbFile file() throws SQLException {
        DuckDbFile open = file;
        if (open == null) {
            open = DuckDbFile.open(path, limits);
            file = open;
        }
        return open;
    }

    /// Something done in a session of its own.
    @FunctionalInterface
    private interface Work<T> {
        T in(DuckDbSession session) throws SQLException;
    }

    private <T> T with(Work<T> work) {
        try (DuckDbSession session = file().session()) {
            return work.in(session);
        } catch (SQLException e) {
            throw DuckDbProblems.INSTANCE.exception(e);
        }
    }

    @Override
    public Health check() {
        try (DuckDbSession session = file().session()) {
            String version = session.one("select version()", row -> row.getString(1));
            return new Health(
                    List.of(Health.Step.LOGIN, Health.Step.PRIVILEGE, Health.Step.VERSION),
                    Optional.empty(),
                    "DuckDB " + version);
        } catch (SQLException e) {
            return sick(DuckDbProblems.INSTANCE.problem(e));
        } catch (ProblemException e) {
            return sick(e.problem());
        } catch (UnsatisfiedLinkError e) {
            return sick(
                    Problem.of(
                            ProblemCode.VERSION_UNSUPPORTED,
                            "loading DuckDB's native library: " + e.getMessage(),
                            "use Linux with glibc, macOS on arm64, or Windows on x64"));
        }
    }

    private static Health sick(Problem problem) {
        return new Health(List.of(), Optional.of(problem), "");
    }

    @Override
    public List<String> datasets(String pattern) {
        return with(session -> new DuckDbCatalog(session).datasets()).stream()
                .filter(name -> TableName.matches(pattern, name))
                .toList();
    }

    @Override
    public Dataset describe(String name) {
        return table(name).dataset();
    }

    private DuckDbTable table(String name) {
        return find(name)
                .orElseThrow(
                        () ->
                                ProblemException.of(
                                        ProblemCode.DATASET_MISSING,
                                        "no table or view '"
                                                + name
                                                + "' in '"
                                                + path.getFileName()
                                                + "'",
                                        Nearest.fix(name, datasets("*"))));
    }

    private Optional<DuckDbTable> find(String name) {
        return with(session -> new DuckDbCatalog(session).find(TableName.parse(name)));
    }

    @Override
    public Snapshot snapshot(Dataset dataset, Scan scan) {
        DuckDbTable table = table(dataset.name());
        try {
            return DuckDbSnapshot.open(file(), table, scan);
        } catch (SQLException e) {
            throw DuckDbProblems.INSTANCE.exception(e);
        }
    }

    @Override
    public Sink sink(Target target) {
        Optional<DuckDbTable> table = find(target.dataset());
        if (table.isEmpty() && !target.create()) {
            table(target.dataset());
        }
        try {
            return new DuckDbSink(file(), target, table.orElse(null));
        } catch (SQLException e) {
            throw DuckDbProblems.INSTANCE.exception(e);
        }
    }

    @Override
    public Digests digests(Dataset dataset, Hashing hashing, Optional<Predicate> filter) {
        PredicateSql sql = new PredicateSql(dataset.schema(), DuckDbDialect.INSTANCE);
        boolean complete = filter.isEmpty() || sql.complete(filter.get());
        String table =
                TableName.parse(dataset.name()).in(DuckDbCatalog.MAIN).sql(DuckDbDialect.INSTANCE);
        String where = filter.map(predicate -> " where " + sql.where(predicate)).orElse("");
        try {
            return new DuckDbDigests(file(), table, complete ? where : null, hashing);
        } catch (SQLException e) {
            throw DuckDbProblems.INSTANCE.exception(e);
        }
    }

    @Override
    public long delete(Dataset dataset, Predicate rows) {
        String table =
                TableName.parse(dataset.name()).in(DuckDbCatalog.MAIN).sql(DuckDbDialect.INSTANCE);
        String where = new PredicateSql(dataset.schema(), DuckDbDialect.INSTANCE).where(rows);
        return with(session -> delete(session.connection(), table, where));
    }

    private static long delete(Connection connection, String table, String where)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate("delete from " + table + " where " + where);
        }
    }

    @Override
    public synchronized void close() {
        if (file != null) {
            file.close();
            file = null;
        }
    }
}
