package dev.mortise.connectors.duckdb;

import dev.mortise.connectors.jdbc.Ledger;
import dev.mortise.connectors.jdbc.TableName;
import dev.mortise.connectors.jdbc.TablePlan;
import dev.mortise.spi.connect.Claim;
import dev.mortise.spi.connect.Lane;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.Sink;
import dev.mortise.spi.connect.SinkPlan;
import dev.mortise.spi.connect.Target;
import dev.mortise.spi.connect.WriteMode;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Writes one table. DDL, rows and checkpoint share DuckDB's transactions, so every step of a run
/// happens as a whole or not at all.
final class DuckDbSink implements Sink {
    private final DuckDbFile file;
    private final Target target;
    private final TableName name;
    private final TableName shadow;
    private final @Nullable DuckDbTable table;
    private final Ledger ledger;
    private final DuckDbSession session;
    private long epoch;

    DuckDbSink(DuckDbFile file, Target target, @Nullable DuckDbTable table) throws SQLException {
        this.file = file;
        this.target = target;
        this.name = TableName.parse(target.dataset()).in(DuckDbCatalog.MAIN);
        this.shadow = name.ours("shadow", target.task());
        this.table = table;
        this.ledger = new Ledger(target);
        this.session = file.session();
    }

    @Override
    public SinkPlan plan() {
        if (table == null) {
            return TablePlan.missing(target, name, DuckDbDialect.INSTANCE);
        }
        SinkPlan plan =
                TablePlan.existing(
                        target, table.dataset().schema(), table.defaults(), DuckDbDialect.INSTANCE);
        return table.view() ? refused(plan) : plan;
    }

    private SinkPlan refused(SinkPlan plan) {
        List<Problem> problems = new ArrayList<>(plan.problems());
        problems.add(
                Problem.of(
                        ProblemCode.MODE_UNSUPPORTED,
                        "'" + target.dataset() + "' is a view",
                        "write to the table behind it"));
        return new SinkPlan(
                plan.schema(), plan.statements(), plan.nativeTypes(), plan.losses(), problems);
    }

    /// What a commit of ours does.
    @FunctionalInterface
    private interface Work<T> {
        T run() throws SQLException;
    }

    private <T> T committed(Work<T> work) {
        file.commits().lock();
        try {
            session.begin();
            T result = work.run();
            session.commit();
            file.committed();
            return result;
        } catch (SQLException e) {
            throw DuckDbProblems.INSTANCE.exception(e);
        } finally {
            session.rollback();
            file.commits().unlock();
        }
    }

    @Override
    public Claim claim() {
        Claim claim =
                committed(
                        () -> {
                            Ledger.create(session.connection());
                            return standing(ledger.claim(session.connection()));
                        });
        epoch = claim.epoch();
        return claim;
    }

    private Claim standing(Claim claim) throws SQLException {
        boolean lost = !throughShadow() && claim.wrote() && !holdsRows();
        return lost ? claim.withoutParts() : claim;
    }

    private boolean holdsRows() throws SQLException {
        if (new DuckDbCatalog(session).find(name).isEmpty()) {
            return false;
        }
        String query = "select 1 from " + DuckDbLoad.sql(name) + " limit 1";
        try (Statement statement = session.connection().createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next();
        }
    }

    @Override
    public void begin(List<Range> parts) {
        committed(
                () -> {
                    ledger.begin(session.connection(), epoch, parts);
                    session.execute(
                            "create schema if not exists "
                                    + DuckDbDialect.INSTANCE.quote(name.schema()));
                    if (table == null && target.mode() != WriteMode.REPLACE) {
                        session.execute(made(name));
                    }
                    if (throughShadow()) {
                        session.execute("drop table if exists " + DuckDbLoad.sql(shadow));
                        session.execute(shadowDdl());
                    }
                    return true;
                });
    }

    private boolean throughShadow() {
        return target.mode() == WriteMode.REPLACE || target.mode() == WriteMode.MIRROR;
    }

    /// A run that resumes may find the table made by the run before.
    private String made(TableName what) {
        return TablePlan.missing(target, what, DuckDbDialect.INSTANCE)
                .statements()
                .getFirst()
                .replaceFirst("create table", "create table if not exists");
    }

    private String shadowDdl() {
        if (target.mode() == WriteMode.MIRROR) {
            List<String> columns =
                    plan().schema().fields().stream()
                            .map(
                                    field ->
                                            DuckDbDialect.INSTANCE.quote(field.name())
                                                    + " "
                                                    + DuckDbDialect.sql(field.type()))
                            .toList();
            return "create table "
                    + DuckDbLoad.sql(shadow)
                    + " ("
                    + String.join(", ", columns)
                    + ")";
        }
        return table == null
                ? made(shadow)
                : "create table " + DuckDbLoad.sql(shadow) + columnsOf(table.ddl());
    }

    /// What follows the name in the statement that made a table.
    static String columnsOf(String ddl) {
        boolean quoted = false;
        for (int i = 0; i < ddl.length(); i++) {
            quoted ^= ddl.charAt(i) == '"';
            if (ddl.charAt(i) == '(' && !quoted) {
                return ddl.substring(i);
            }
        }
        throw new IllegalArgumentException("no columns in '" + ddl + "'");
    }

    @Override
    public Lane lane() {
        try {
            DuckDbSession own = file.session();
            DuckDbFence fence = new DuckDbFence(session, ledger, target.task(), epoch);
            return new DuckDbLane(file, own, fence, new DuckDbLoad(own, order(own)));
        } catch (SQLException e) {
            throw DuckDbProblems.INSTANCE.exception(e);
        }
    }

    private DuckDbLoad.Order order(DuckDbSession own) throws SQLException {
        boolean upsert = target.mode() == WriteMode.UPSERT;
        TableName into = throughShadow() ? shadow : name;
        TableName rules = target.mode() == WriteMode.REPLACE ? shadow : name;
        boolean keyed = upsert || target.mode() == WriteMode.MIRROR;
        return new DuckDbLoad.Order(
                into, found(own, rules), plan().schema(), upsert, keyed ? target.key() : List.of());
    }

    private static DuckDbTable found(DuckDbSession own, TableName wanted) throws SQLException {
        Optional<DuckDbTable> found = new DuckDbCatalog(own).find(wanted);
        return found.orElseThrow(
                () ->
                        dev.mortise.spi.problem.ProblemException.of(
                                ProblemCode.DATASET_MISSING,
                                "table '" + wanted.table() + "' is gone",
                                "start the run afresh with --fresh"));
    }

    @Override
    public void finish(@Nullable String cursor) {
        committed(
                () -> {
                    publish();
                    ledger.finish(session.connection(), epoch, cursor);
                    return true;
                });
    }

    private void publish() throws SQLException {
        // Without a shadow this was done before a crash, in one transaction with the ledger.
        if (!throughShadow() || new DuckDbCatalog(session).find(shadow).isEmpty()) {
            return;
        }
        if (target.mode() == WriteMode.MIRROR) {
            mirror();
            session.execute("drop table " + DuckDbLoad.sql(shadow));
            return;
        }
        session.execute("drop table if exists " + DuckDbLoad.sql(name));
        session.execute(
                "alter table "
                        + DuckDbLoad.sql(shadow)
                        + " rename to "
                        + DuckDbDialect.INSTANCE.quote(name.table()));
        for (String index : table == null ? List.<String>of() : table.indexes()) {
            session.execute(index);
        }
    }

    private void mirror() throws SQLException {
        List<String> key = target.key();
        String from = "(" + DuckDbLoad.latest(DuckDbLoad.sql(shadow), key) + ")";
        boolean unique = found(session, name).unique(key);
        session.execute(
                unique
                        ? DuckDbLoad.replace(name, plan().schema(), key, from)
                        : DuckDbLoad.merge(name, plan().schema(), key, from));
        session.execute(
                "delete from %s t where not exists (select 1 from %s s where %s)"
                        .formatted(
                                DuckDbLoad.sql(name),
                                DuckDbLoad.sql(shadow),
                                DuckDbGuard.equal(key, "t")));
    }

    @Override
    public void close() {
        session.close();
    }
}
