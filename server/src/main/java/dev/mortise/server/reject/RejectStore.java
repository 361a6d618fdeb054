package dev.mortise.server.reject;

import static dev.mortise.server.store.Columns.big;
import static dev.mortise.server.store.Columns.table;
import static dev.mortise.server.store.Columns.text;
import static dev.mortise.server.store.Columns.whole;
import static org.jooq.impl.DSL.sum;

import dev.mortise.engine.run.DeadLetter;
import dev.mortise.engine.run.DeadLetterJson;
import dev.mortise.engine.run.DeadLetterShelf;
import dev.mortise.server.document.FlowFollower;
import dev.mortise.server.store.Database;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.springframework.stereotype.Component;

/// Rejected rows in the database, where every server that shares it finds them.
@Component
public final class RejectStore implements FlowFollower {
    private static final Table<Record> REJECT = table("reject");
    private static final Field<String> PROJECT = text("project");
    private static final Field<String> FLOW = text("flow");
    private static final Field<String> BUNDLE = text("bundle");
    private static final Field<String> LETTERS = text("letters");
    private static final Field<Integer> OPEN = whole("open");
    private static final Field<Long> AT = big("at");
    private static final int FLOWS_MAX = 200;

    private final Database database;

    RejectStore(Database database) {
        this.database = database;
    }

    /// The rows that were set aside go with their flow.
    @Override
    public void renamed(DSLContext dsl, String project, String from, String to) {
        dsl.update(REJECT).set(FLOW, to).where(PROJECT.eq(project)).and(FLOW.eq(from)).execute();
    }

    /// The shelf of a project.
    ///
    /// @param guard called in the transaction of each change; throws when it must not be
    public DeadLetterShelf shelf(String project, Consumer<DSLContext> guard) {
        return new Shelf(database, project, guard);
    }

    private record Shelf(Database database, String project, Consumer<DSLContext> guard)
            implements DeadLetterShelf {
        @Override
        public List<String> names(String flow) {
            return database.read(
                    dsl ->
                            dsl.select(BUNDLE)
                                    .from(REJECT)
                                    .where(of(flow))
                                    .orderBy(BUNDLE)
                                    .fetch(BUNDLE));
        }

        private Condition of(String flow) {
            return PROJECT.eq(project).and(FLOW.eq(flow));
        }

        @Override
        public SortedMap<String, List<DeadLetter>> read(String flow) {
            SortedMap<String, List<DeadLetter>> bundles = new TreeMap<>();
            database.read(
                    dsl -> {
                        dsl.select(BUNDLE, LETTERS)
                                .from(REJECT)
                                .where(of(flow))
                                .forEach(
                                        row ->
                                                bundles.put(
                                                        row.value1(),
                                                        DeadLetterJson.letters(row.value2())));
                        return null;
                    });
            return bundles;
        }

        @Override
        public void replace(String flow, String name, List<DeadLetter> letters) {
            String lines = DeadLetterJson.lines(letters);
            int open = open(letters);
            database.write(
                    dsl -> {
                        guard.accept(dsl);
                        long now = database.now(dsl).toEpochMilli();
                        return dsl.insertInto(REJECT)
                                .set(PROJECT, project)
                                .set(FLOW, flow)
                                .set(BUNDLE, name)
                                .set(LETTERS, lines)
                                .set(OPEN, open)
                                .set(AT, now)
                                .onConflict(PROJECT, FLOW, BUNDLE)
                                .doUpdate()
                                .set(LETTERS, lines)
                                .set(OPEN, open)
                                .set(AT, now)
                                .execute();
                    });
        }

        private static int open(List<DeadLetter> letters) {
            return (int)
                    letters.stream()
                            .filter(letter -> letter.state() == DeadLetter.State.NEW)
                            .count();
        }

        /// Asks first: hardly any unit has rows that were set aside.
        @Override
        public void delete(String flow, String name) {
            Condition one = of(flow).and(BUNDLE.eq(name));
            if (!database.read(dsl -> dsl.fetchExists(REJECT, one))) {
                return;
            }
            database.write(
                    dsl -> {
                        guard.accept(dsl);
                        return dsl.deleteFrom(REJECT).where(one).execute();
                    });
        }
    }

    /// Rows nobody has dealt with, of a bundle or of a flow.
    record Waiting(String project, String flow, int rows) {}

    /// Of each flow of a project that has any, the most first.
    List<Waiting> waiting(String project) {
        Field<Integer> rows = sum(OPEN).cast(Integer.class);
        return database.read(
                dsl ->
                        dsl.select(FLOW, rows)
                                .from(REJECT)
                                .where(PROJECT.eq(project))
                                .and(OPEN.gt(0))
                                .groupBy(FLOW)
                                .orderBy(rows.desc(), FLOW)
                                .limit(FLOWS_MAX)
                                .fetch(row -> new Waiting(project, row.value1(), row.value2())));
    }

    /// Forgets bundles nobody has touched since, all rows of which were dealt with.
    ///
    /// @return how many
    public int forget(Instant before, int max) {
        return database.write(dsl -> forget(dsl, OPEN.eq(0), before, max).size());
    }

    /// Forgets bundles nobody has touched since, some rows of which still wait.
    List<Waiting> forgetOpen(DSLContext dsl, Instant before, int max) {
        return forget(dsl, OPEN.gt(0), before, max);
    }

    private static List<Waiting> forget(DSLContext dsl, Condition which, Instant before, int max) {
        Condition old = which.and(AT.lt(before.toEpochMilli()));
        var some =
                dsl.select(PROJECT, FLOW, BUNDLE, OPEN)
                        .from(REJECT)
                        .where(old)
                        .orderBy(AT)
                        .limit(max)
                        .fetch();
        List<Waiting> forgotten = new ArrayList<>();
        for (var row : some) {
            int gone =
                    dsl.deleteFrom(REJECT)
                            .where(PROJECT.eq(row.value1()))
                            .and(FLOW.eq(row.value2()))
                            .and(BUNDLE.eq(row.value3()))
                            .and(old)
                            .execute();
            if (gone > 0) {
                forgotten.add(new Waiting(row.value1(), row.value2(), row.value4()));
            }
        }
        return forgotten;
    }
}
