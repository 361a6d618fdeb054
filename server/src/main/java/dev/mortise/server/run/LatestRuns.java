package dev.mortise.server.run;

import static dev.mortise.server.run.RunTable.ENDED;
import static dev.mortise.server.run.RunTable.FLOW;
import static dev.mortise.server.run.RunTable.ID;
import static dev.mortise.server.run.RunTable.PROJECT;
import static dev.mortise.server.run.RunTable.READ;
import static dev.mortise.server.run.RunTable.REJECTED;
import static dev.mortise.server.run.RunTable.RUN;
import static dev.mortise.server.run.RunTable.STATE;
import static dev.mortise.server.run.RunTable.WRITTEN;

import dev.mortise.server.document.LastRun;
import dev.mortise.server.store.Columns;
import dev.mortise.server.store.Database;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.RowN;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Component;

/// The newest runs of many flows at once: for each flow one look into the index, however many runs
/// it has.
@Component
final class LatestRuns implements LastRun.Source {
    private final Database database;

    LatestRuns(Database database) {
        this.database = database;
    }

    @Override
    public Map<String, LastRun> lastRuns(String project, Collection<String> flows) {
        if (flows.isEmpty()) {
            return Map.of();
        }
        return database.read(
                dsl -> {
                    List<String> ids =
                            newest(dsl, project, flows).fetch(Record1::value1).stream()
                                    .filter(Objects::nonNull)
                                    .toList();
                    return dsl.select(FLOW, ID, STATE, ENDED, READ, WRITTEN, REJECTED)
                            .from(RUN)
                            .where(ID.in(ids))
                            .fetchMap(
                                    FLOW,
                                    row ->
                                            new LastRun(
                                                    row.get(ID),
                                                    row.get(STATE),
                                                    RunTable.instant(row.get(ENDED)),
                                                    row.get(READ),
                                                    row.get(WRITTEN),
                                                    row.get(REJECTED)));
                });
    }

    /// The id of each flow's newest run; null where it has none.
    static Select<Record1<String>> newest(
            DSLContext dsl, String project, Collection<String> flows) {
        RowN[] names = flows.stream().map(flow -> DSL.row(List.of(flow))).toArray(RowN[]::new);
        Table<?> wanted = DSL.values(names).as("wanted", "name");
        Field<String> newest =
                DSL.field(
                        dsl.select(ID)
                                .from(RUN)
                                .where(PROJECT.eq(project))
                                .and(FLOW.eq(Columns.text("wanted", "name")))
                                .orderBy(ID.desc())
                                .limit(1));
        return dsl.select(newest).from(wanted);
    }
}
