package dev.mortise.connectors.mysql;

import dev.mortise.connectors.jdbc.Ledger;
import dev.mortise.connectors.mysql.MySqlCatalog.ForeignKeys;
import dev.mortise.connectors.mysql.MySqlTable.TableName;
import dev.mortise.connectors.mysql.Sessions.Purpose;
import dev.mortise.spi.connect.Claim;
import dev.mortise.spi.connect.Lane;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.Sink;
import dev.mortise.spi.connect.SinkPlan;
import dev.mortise.spi.connect.Target;
import dev.mortise.spi.connect.WriteMode;
import dev.mortise.spi.problem.ProblemException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes to a table. DDL commits by itself on this server, so every step around it leaves a state
/// that the next run understands by looking at the ledger and at which tables are there.
final class MySqlSink implements Sink {
    private final Sessions sessions;
    private final Target target;
    private final Ledger ledger;
    private @Nullable WritePlan plan;
    private long epoch;

    MySqlSink(Sessions sessions, Target target) {
        this.sessions = sessions;
        this.target = target;
        this.ledger = new Ledger(target);
    }

    private interface Act<T> {
        T on(Connection connection) throws SQLException;
    }

    private <T> T acting(Act<T> act) {
        try (Connection connection = sessions.open(Purpose.WRITE)) {
            return act.on(connection);
        } catch (SQLException e) {
            throw sessions.problem(e, target.dataset());
        }
    }

    private WritePlan planned(Connection connection) throws SQLException {
        WritePlan known = plan;
        if (known == null) {
            known = new WritePlan(target, catalog(connection), sessions);
            plan = known;
        }
        return known;
    }

    private MySqlCatalog catalog(Connection connection) {
        return new MySqlCatalog(connection, sessions.database(), sessions.mariaDb());
    }

    @Override
    public SinkPlan plan() {
        plan = null;
        return acting(connection -> planned(connection).sinkPlan());
    }

    @Override
    public Claim claim() {
        return acting(
                connection -> {
                    createLedger(connection);
                    Claim claim = ledger.claim(connection);
                    connection.commit();
                    epoch = claim.epoch();
                    return standing(connection, claim);
                });
    }

    private Claim standing(Connection connection, Claim claim) throws SQLException {
        boolean lost = direct() && claim.wrote() && !holdsRows(connection);
        return lost ? claim.withoutParts() : claim;
    }

    /// Whether lanes write into the table itself.
    private boolean direct() {
        return target.mode() == WriteMode.APPEND || target.mode() == WriteMode.UPSERT;
    }

    private boolean holdsRows(Connection connection) throws SQLException {
        TableName name = planned(connection).table().name();
        if (catalog(connection).find(name).isEmpty()) {
            return false;
        }
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select 1 from " + name.sql() + " limit 1")) {
            return row.next();
        }
    }

    /// Names of tasks and bounds are compared byte by byte, whatever the database's collation.
    private void createLedger(Connection connection) throws SQLException {
        TableName name = new TableName(sessions.database(), Ledger.TABLE);
        if (catalog(connection).find(name).isEmpty()) {
            Ledger.create(
                    connection,
                    "create table if not exists",
                    " engine=InnoDB default charset=utf8mb4 collate=utf8mb4_bin");
        }
        connection.commit();
    }

    @Override
    public void begin(List<Range> parts) {
        acting(
                connection -> {
                    WriteTable table = checked(connection);
                    // Without parts first: a crash in between must not leave old parts that say
                    // they are done beside tables that are empty again.
                    ledger.begin(connection, epoch, List.of());
                    connection.commit();
                    for (String statement : preparation(connection, table)) {
                        run(connection, statement);
                    }
                    ledger.begin(connection, epoch, parts);
                    connection.commit();
                    return true;
                });
    }

    private WriteTable checked(Connection connection) throws SQLException {
        WritePlan known = planned(connection);
        if (!known.problems().isEmpty()) {
            throw new ProblemException(known.problems().getFirst());
        }
        return known.table();
    }

    private List<String> preparation(Connection connection, WriteTable table) throws SQLException {
        List<String> statements = new ArrayList<>();
        boolean missing = table.existing().isEmpty();
        if (target.mode() == WriteMode.REPLACE) {
            statements.add("drop table if exists " + table.shadow().sql());
            statements.add(table.create(table.shadow()));
            if (!missing) {
                List<String> keys = ForeignKeys.of(connection, table.name());
                statements.addAll(table.foreignKeys(table.shadow(), keys));
            }
            return statements;
        }
        if (missing) {
            statements.add(table.create(table.name()));
        }
        if (target.mode() == WriteMode.MIRROR) {
            statements.add("drop table if exists " + table.stage().sql());
            statements.add(table.createStage(table.stage(), "table"));
        }
        return statements;
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public Lane lane() {
        WriteTable table = acting(this::checked);
        try {
            return MySqlLane.open(sessions, target, table, ledger, epoch);
        } catch (SQLException e) {
            throw sessions.problem(e, target.dataset());
        }
    }

    @Override
    public void finish(@Nullable String cursor) {
        acting(
                connection -> {
                    WriteTable table = checked(connection);
                    // Held to the end: no run that claims in the meantime may go on before us.
                    ledger.lock(connection, epoch);
                    switch (target.mode()) {
                        case APPEND, UPSERT -> {}
                        case REPLACE -> swap(table);
                        case MIRROR -> mirror(connection, table);
                    }
                    ledger.finish(connection, epoch, cursor);
                    connection.commit();
                    if (target.mode() == WriteMode.MIRROR) {
                        run(connection, "drop table if exists " + table.stage().sql());
                    }
                    return true;
                });
    }

    /// Renames both tables in one step, on a session of its own: DDL would end the transaction that
    /// holds the ledger. When there is no shadow the swap was done, and only its end is missing.
    private void swap(WriteTable table) {
        acting(
                connection -> {
                    MySqlCatalog catalog = catalog(connection);
                    String drop = "drop table if exists " + table.old().sql();
                    if (catalog.find(table.shadow()).isPresent()) {
                        boolean present = catalog.find(table.name()).isPresent();
                        run(connection, drop);
                        String aside = table.name().sql() + " to " + table.old().sql() + ", ";
                        run(
                                connection,
                                "rename table "
                                        + (present ? aside : "")
                                        + table.shadow().sql()
                                        + " to "
                                        + table.name().sql());
                    }
                    run(connection, drop);
                    return true;
                });
    }

    private void mirror(Connection connection, WriteTable table) throws SQLException {
        if (catalog(connection).find(table.stage()).isEmpty()) {
            return;
        }
        run(connection, table.deleteMissing(table.stage()));
        for (String statement : table.merge(table.stage())) {
            run(connection, statement);
        }
    }

    @Override
    public void close() {
        // Lanes own their sessions; everything else is opened for one act.
    }
}
