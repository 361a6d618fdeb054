package dev.mortise.connectors.postgres;

import dev.mortise.connectors.jdbc.Ledger;
import dev.mortise.spi.connect.Claim;
import dev.mortise.spi.connect.Lane;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.Sink;
import dev.mortise.spi.connect.SinkPlan;
import dev.mortise.spi.connect.Target;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Writes one table. Its own statements run on short sessions; rows go through lanes.
final class PostgresSink implements Sink.Encoding {
    private final PostgresSessions sessions;
    private final SinkShape shape;
    private final Ledger ledger;
    private final PostgresProblems problems;
    private long epoch;

    PostgresSink(PostgresSessions sessions, Target target, SinkShape shape) {
        this.sessions = sessions;
        this.shape = shape;
        this.ledger = new Ledger(target.task());
        this.problems = new PostgresProblems(shape.constraints());
    }

    @FunctionalInterface
    private interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    /// Runs in one transaction on a session of its own.
    private <T> T transact(Work<T> work) {
        try {
            Connection connection = sessions.open(PostgresSessions.WRITER);
            try {
                connection.setAutoCommit(false);
                T result = work.in(connection);
                connection.commit();
                return result;
            } finally {
                // Also rolls back what an exception left.
                sessions.layAside(PostgresSessions.WRITER, connection);
            }
        } catch (SQLException e) {
            throw problems.exception(e).at(shape.target().dataset());
        }
    }

    @Override
    public SinkPlan plan() {
        Map<String, String> nativeTypes = new HashMap<>();
        shape.columns().forEach(c -> nativeTypes.put(c.name(), c.nativeType()));
        return new SinkPlan(
                shape.schema(),
                transact(this::statements),
                nativeTypes,
                shape.losses(),
                shape.problems(),
                shape.notes());
    }

    private List<String> statements(Connection connection) throws SQLException {
        if (!shape.problems().isEmpty()) {
            return List.of();
        }
        List<String> statements = new ArrayList<>(preparation(connection));
        if (shape.shadowed()) {
            statements.addAll(new ShadowTable(connection, shape).publish());
        }
        return statements;
    }

    /// What [#begin] runs.
    private List<String> preparation(Connection connection) throws SQLException {
        List<String> statements = new ArrayList<>();
        boolean renamed = shape.shadowed() && shape.publish() == SinkShape.Publish.RENAME;
        if (!shape.exists() && !renamed) {
            statements.addAll(TableSql.create(shape, shape.table().quoted()));
        }
        if (shape.shadowed()) {
            statements.addAll(new ShadowTable(connection, shape).create());
        }
        return statements;
    }

    @Override
    public Optional<String> form() {
        return CopyBytes.form(shape.columns());
    }

    @Override
    public Claim claim() {
        createLedger();
        Claim claim = transact(ledger::claim);
        epoch = claim.epoch();
        return claim;
    }

    private void createLedger() {
        try {
            makeLedger();
        } catch (ProblemException e) {
            // Two runs that make the table at once: the one that comes second finds it.
            makeLedger();
        }
    }

    private void makeLedger() {
        transact(
                connection -> {
                    Ledger.create(connection);
                    return true;
                });
    }

    @Override
    public void begin(List<Range> parts) {
        transact(
                connection -> {
                    ledger.begin(connection, epoch, parts);
                    run(connection, preparation(connection));
                    return true;
                });
    }

    private static void run(Connection connection, List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Override
    public Lane lane() {
        String into = shape.shadowed() ? ShadowTable.quoted(shape) : shape.table().quoted();
        try {
            return new PostgresLane(sessions, shape, into, ledger, epoch);
        } catch (SQLException e) {
            throw problems.exception(e).at(shape.target().dataset());
        }
    }

    @Override
    public void finish(@Nullable String cursor) {
        transact(
                connection -> {
                    ledger.lock(connection, epoch);
                    if (shape.shadowed()) {
                        publish(connection);
                    }
                    ledger.finish(connection, epoch, cursor);
                    return true;
                });
    }

    /// Without a shadow and without parts this run was published before, and only its answer was
    /// lost.
    private void publish(Connection connection) throws SQLException {
        if (there(connection, ShadowTable.quoted(shape))) {
            run(connection, new ShadowTable(connection, shape).publish());
        } else if (unfinished(connection)) {
            throw ProblemException.of(
                    ProblemCode.DATASET_MISSING,
                    "the table " + ShadowTable.quoted(shape) + " with the rows of this run is gone",
                    "run again with --fresh");
        }
    }

    private boolean unfinished(Connection connection) throws SQLException {
        String sql =
                "select exists (select from %s where task = %s and part >= 0)"
                        .formatted(Ledger.TABLE, Sql.literal(shape.target().task()));
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private static boolean there(Connection connection, String quoted) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "select to_regclass(" + Sql.literal(quoted) + ") is not null")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    @Override
    public void close() {
        // Every session ends with its use.
    }
}
