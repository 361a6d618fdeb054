package dev.mortise.server.run;

import static dev.mortise.server.run.RunTable.ENDED;
import static dev.mortise.server.run.RunTable.FLOW;
import static dev.mortise.server.run.RunTable.ID;
import static dev.mortise.server.run.RunTable.PROJECT;
import static dev.mortise.server.run.RunTable.RUN;
import static dev.mortise.server.run.RunTable.STATE;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.selectOne;

import dev.mortise.server.store.Columns;
import dev.mortise.server.store.Database;
import java.time.Instant;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.Table;
import org.springframework.stereotype.Component;

/// Forgets runs that ended long ago, with their receipts, attempts and logs. Of each flow two stay
/// for good: the newest run, for the next one may go on with it, and the newest that got through.
@Component
final class RunPurge {
    private static final Table<Record> NEWER = RUN.as("newer");
    private static final List<String> DONE =
            List.of(Run.State.SUCCEEDED.word(), Run.State.REJECTED.word());

    private final Database database;

    RunPurge(Database database) {
        this.database = database;
    }

    /// One bounded transaction.
    ///
    /// @return how many were forgotten
    int forget(Instant before, int max) {
        return database.write(
                dsl -> {
                    List<String> ids = old(dsl, before, max).fetch(ID);
                    dsl.deleteFrom(RUN).where(ID.in(ids)).execute();
                    return ids.size();
                });
    }

    static Select<Record1<String>> old(DSLContext dsl, Instant before, int max) {
        Condition newest = newer(Columns.text("newer", "state").isNotNull());
        Condition newestDone = newer(Columns.text("newer", "state").in(DONE));
        return dsl.select(ID)
                .from(RUN)
                .where(ENDED.lt(before.toEpochMilli()))
                .and(newest)
                .and(STATE.notIn(DONE).or(newestDone))
                .orderBy(ENDED)
                .limit(max);
    }

    /// Whether the flow has a run like that behind the one in question.
    private static Condition newer(Condition which) {
        return exists(
                selectOne()
                        .from(NEWER)
                        .where(column("project").eq(PROJECT))
                        .and(column("flow").eq(FLOW))
                        .and(column("id").gt(ID))
                        .and(which));
    }

    private static Field<String> column(String name) {
        return Columns.text("newer", name);
    }
}
