package dev.mortise.connectors.jdbc;

import dev.mortise.spi.connect.Claim;
import dev.mortise.spi.connect.Lane;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.Sink;
import dev.mortise.spi.connect.SinkPlan;
import dev.mortise.spi.connect.Target;
import dev.mortise.spi.connect.WriteMode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Schema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes one table through JDBC. REPLACE and MIRROR fill a shadow. At the end a table that stands
/// takes over the shadow's rows in one transaction and so keeps its indexes, rights and triggers; a
/// table that was missing is the shadow, renamed.
final class JdbcSink implements Sink {
    private static final String KEPT = "=";

    private final JdbcPlace place;
    private final JdbcDialect dialect;
    private final Target target;
    private final JdbcCatalog.@Nullable Table table;
    private final TableName name;
    private final TableName shadow;
    private final Ledger ledger;
    private final Connection connection;
    private long epoch;

    /// @param table null when it is to be made
    JdbcSink(JdbcPlace place, Target target, JdbcCatalog.@Nullable Table table, TableName name)
            throws SQLException {
        this.place = place;
        this.dialect = place.dialect();
        this.target = target;
        this.table = table;
        this.name = name;
        this.shadow = name.ours("shadow", target.task());
        this.ledger = new Ledger(target);
        this.connection = Sessions.writing(place);
    }

    @Override
    public SinkPlan plan() {
        return table == null
                ? TablePlan.missing(target, name, dialect)
                : TablePlan.existing(target, table.dataset().schema(), table.optional(), dialect);
    }

    /// What is done in one transaction of the sink's own connection.
    @FunctionalInterface
    private interface Work<T> {
        T run() throws SQLException;
    }

    private <T> T committed(Work<T> work) {
        try {
            Sessions.begin(connection);
            T result = work.run();
            Sessions.commit(dialect, connection);
            return result;
        } catch (SQLException e) {
            Sessions.rollback(dialect, connection);
            throw dialect.problems().exception(e);
        } catch (ProblemException e) {
            Sessions.rollback(dialect, connection);
            throw e;
        }
    }

    @Override
    public Claim claim() {
        if (!stands(new TableName("", Ledger.TABLE))) {
            makeLedger();
        }
        Claim claim = committed(() -> ledger.claim(connection));
        epoch = claim.epoch();
        List<Claim.PartState> parts =
                claim.parts().stream()
                        .map(
                                part ->
                                        new Claim.PartState(
                                                given(part.range()),
                                                part.done(),
                                                part.rowsWritten(),
                                                part.rowsRejected()))
                        .toList();
        return standing(new Claim(epoch, parts, claim.cursor()));
    }

    private Claim standing(Claim claim) {
        boolean lost = !throughShadow() && claim.wrote() && !holdsRows();
        return lost ? claim.withoutParts() : claim;
    }

    private boolean holdsRows() {
        return stands(name)
                && committed(
                        () -> {
                            String query = dialect.first("select 1 from " + sql(name), 1);
                            try (Statement statement = connection.createStatement();
                                    ResultSet row = statement.executeQuery(query)) {
                                return row.next();
                            }
                        });
    }

    /// A range as it is kept: never with an empty text, which some databases take for null.
    private Range kept(Range range) {
        return dialect.emptyIsNull() ? new Range(range.part(), KEPT + range.bounds()) : range;
    }

    private Range given(Range kept) {
        return dialect.emptyIsNull()
                ? new Range(kept.part(), kept.bounds().substring(KEPT.length()))
                : kept;
    }

    private void makeLedger() {
        try {
            committed(
                    () -> Sessions.execute(connection, dialect.ledger(Ledger.ddl("create table"))));
        } catch (ProblemException e) {
            // Another run may have made it in the meantime.
            if (!stands(new TableName("", Ledger.TABLE))) {
                throw e;
            }
        }
    }

    private boolean stands(TableName wanted) {
        return committed(
                () -> {
                    JdbcCatalog catalog = new JdbcCatalog(connection, dialect);
                    return catalog.find(wanted).isPresent()
                            || catalog.find(upper(wanted)).isPresent();
                });
    }

    /// The name as a database keeps it that was given it without quotes.
    private static TableName upper(TableName wanted) {
        return new TableName(wanted.schema(), wanted.table().toUpperCase(java.util.Locale.ROOT));
    }

    @Override
    public void begin(List<Range> parts) {
        // The epoch is checked first, and DDL that commits by itself stands before the parts.
        committed(
                () -> {
                    ledger.lock(connection, epoch);
                    return true;
                });
        if (throughShadow()) {
            if (stands(shadow)) {
                committed(() -> Sessions.execute(connection, "drop table " + sql(shadow)));
            }
            committed(() -> Sessions.execute(connection, shadowDdl()));
            if (!target.key().isEmpty() && table != null) {
                committed(() -> Sessions.execute(connection, shadowIndex()));
            }
        }
        if (table == null && target.mode() != WriteMode.REPLACE && !stands(name)) {
            committed(() -> Sessions.execute(connection, plan().statements().getFirst()));
        }
        committed(
                () -> {
                    ledger.begin(connection, epoch, parts.stream().map(this::kept).toList());
                    return true;
                });
    }

    private boolean throughShadow() {
        return target.mode() == WriteMode.REPLACE || target.mode() == WriteMode.MIRROR;
    }

    private String shadowDdl() {
        return table == null
                ? TablePlan.missing(target, shadow, dialect).statements().getFirst()
                : dialect.copyOf(sql(shadow), sql(name), columns());
    }

    private String shadowIndex() {
        return dialect.uniqueIndex(
                dialect.quote(name.ours("key", target.task()).table()),
                sql(shadow),
                TablePlan.joined(target.key(), ", ", dialect::quote));
    }

    private String columns() {
        return TablePlan.plain(plan().schema().fields(), field -> dialect.quote(field.name()));
    }

    private String sql(TableName which) {
        return which.sql(dialect);
    }

    @Override
    public Lane lane() {
        SinkPlan plan = plan();
        List<Field> fields =
                plan.schema().fields().stream()
                        .map(
                                field ->
                                        new Field(
                                                field.name(),
                                                field.type(),
                                                field.nullable(),
                                                plan.nativeTypes().get(field.name()),
                                                null,
                                                field.loss()))
                        .toList();
        boolean merges = target.mode() == WriteMode.UPSERT || target.mode() == WriteMode.MIRROR;
        String into = sql(throughShadow() ? shadow : name);
        String statement =
                merges ? dialect.upsert(into, fields, target.key()) : dialect.insert(into, fields);
        try {
            return new JdbcLane(
                    dialect,
                    Sessions.writing(place),
                    new JdbcLane.Order(statement, fields, required(plan.schema()), this::advance));
        } catch (SQLException e) {
            throw dialect.problems().exception(e);
        }
    }

    private boolean advance(Connection own, Range range, @Nullable Range rest, Ledger.Counts counts)
            throws SQLException {
        Range left = rest == null ? null : kept(rest);
        return ledger.advance(own, epoch, kept(range), left, counts);
    }

    /// A shadow that copies only names and types takes nulls that the table itself would refuse.
    private Set<String> required(Schema written) {
        Set<String> required = new HashSet<>(target.key());
        if (table != null) {
            table.dataset().schema().fields().stream()
                    .filter(field -> !field.nullable() && written.has(field.name()))
                    .forEach(field -> required.add(field.name()));
        }
        return required;
    }

    @Override
    public void finish(@Nullable String cursor) {
        committed(
                () -> {
                    ledger.lock(connection, epoch);
                    return true;
                });
        if (throughShadow() && stands(shadow)) {
            publish();
        }
        committed(
                () -> {
                    ledger.finish(connection, epoch, cursor);
                    return true;
                });
    }

    private void publish() {
        Optional<JdbcCatalog.Table> there = find();
        if (there.isEmpty()) {
            committed(() -> Sessions.execute(connection, dialect.rename(shadow, name.table())));
            return;
        }
        committed(
                () -> {
                    ledger.lock(connection, epoch);
                    if (target.mode() == WriteMode.MIRROR) {
                        mirror();
                    } else {
                        takeOver();
                    }
                    return true;
                });
        committed(() -> Sessions.execute(connection, "drop table " + sql(shadow)));
    }

    private Optional<JdbcCatalog.Table> find() {
        return committed(() -> new JdbcCatalog(connection, dialect).find(name));
    }

    private void takeOver() throws SQLException {
        Sessions.execute(connection, "delete from " + sql(name));
        Sessions.execute(
                connection,
                "insert into %s (%s) select %s from %s"
                        .formatted(sql(name), columns(), columns(), sql(shadow)));
    }

    private void mirror() throws SQLException {
        Sessions.execute(
                connection,
                dialect.upsertAll(sql(name), sql(shadow), plan().schema().fields(), target.key()));
        String same =
                TablePlan.joined(
                        target.key(),
                        " and ",
                        key -> "s.%1$s = %2$s.%1$s".formatted(dialect.quote(key), sql(name)));
        Sessions.execute(
                connection,
                "delete from %s where not exists (select 1 from %s s where %s)"
                        .formatted(sql(name), sql(shadow), same));
    }

    @Override
    public void close() {
        Sessions.close(connection);
    }
}
