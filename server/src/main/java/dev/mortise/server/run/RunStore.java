package dev.mortise.server.run;

import static dev.mortise.server.run.RunTable.ACTOR;
import static dev.mortise.server.run.RunTable.ATTEMPT;
import static dev.mortise.server.run.RunTable.CANCELLED;
import static dev.mortise.server.run.RunTable.CAUSE;
import static dev.mortise.server.run.RunTable.CHANGED;
import static dev.mortise.server.run.RunTable.DETAIL;
import static dev.mortise.server.run.RunTable.DETAIL_RUN;
import static dev.mortise.server.run.RunTable.DETAIL_STEPS;
import static dev.mortise.server.run.RunTable.DUE;
import static dev.mortise.server.run.RunTable.ENDED;
import static dev.mortise.server.run.RunTable.EPOCH;
import static dev.mortise.server.run.RunTable.FAILURES;
import static dev.mortise.server.run.RunTable.FLOW;
import static dev.mortise.server.run.RunTable.FRESH;
import static dev.mortise.server.run.RunTable.ID;
import static dev.mortise.server.run.RunTable.LEASE;
import static dev.mortise.server.run.RunTable.LOSSES;
import static dev.mortise.server.run.RunTable.NAME;
import static dev.mortise.server.run.RunTable.OWNER;
import static dev.mortise.server.run.RunTable.PROJECT;
import static dev.mortise.server.run.RunTable.QUEUED;
import static dev.mortise.server.run.RunTable.READ;
import static dev.mortise.server.run.RunTable.RECEIPT;
import static dev.mortise.server.run.RunTable.REJECTED;
import static dev.mortise.server.run.RunTable.RERUN_OF;
import static dev.mortise.server.run.RunTable.RETRIES;
import static dev.mortise.server.run.RunTable.REVISION;
import static dev.mortise.server.run.RunTable.RUN;
import static dev.mortise.server.run.RunTable.STATE;
import static dev.mortise.server.run.RunTable.STEPS;
import static dev.mortise.server.run.RunTable.TOUCHED;
import static dev.mortise.server.run.RunTable.TRIED;
import static dev.mortise.server.run.RunTable.TRIED_ENDED;
import static dev.mortise.server.run.RunTable.TRIED_NUMBER;
import static dev.mortise.server.run.RunTable.TRIED_PROBLEM;
import static dev.mortise.server.run.RunTable.TRIED_RUN;
import static dev.mortise.server.run.RunTable.TRIED_SERVER;
import static dev.mortise.server.run.RunTable.TRIED_STARTED;
import static dev.mortise.server.run.RunTable.TRIED_STATE;
import static dev.mortise.server.run.RunTable.VERIFICATION;
import static dev.mortise.server.run.RunTable.WAIT;
import static dev.mortise.server.run.RunTable.WRITTEN;
import static org.jooq.impl.DSL.noCondition;

import dev.mortise.server.store.Database;
import dev.mortise.server.store.Ids;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Select;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Runs as they are asked for and shown. Who executes them is [RunQueue]'s.
@Component
final class RunStore {
    /// Kept of what is changed while a stream looks away.
    private static final int TOUCHED_MAX = 500;

    private final Database database;

    RunStore(Database database) {
        this.database = database;
    }

    /// What is long of a run.
    record Detail(String steps, @Nullable String receipt, @Nullable String verification) {}

    record Attempt(
            int attempt,
            String state,
            String server,
            Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable String problem) {}

    /// Puts a run at the end of the queue.
    String add(DSLContext dsl, RunRequest wish) {
        String id = Ids.next();
        long now = database.now(dsl).toEpochMilli();
        dsl.insertInto(RUN)
                .set(ID, id)
                .set(PROJECT, wish.project())
                .set(FLOW, wish.flow())
                .set(REVISION, wish.revision())
                .set(STATE, Run.State.WAITING.word())
                .set(CAUSE, wish.cause().word())
                .set(ACTOR, wish.actor())
                .set(STEPS, String.join(",", wish.steps()))
                .set(FRESH, wish.fresh() ? 1 : 0)
                .set(RERUN_OF, wish.rerunOf())
                .set(NAME, "")
                .set(CHANGED, 0)
                .set(QUEUED, now)
                .set(DUE, now)
                .set(TOUCHED, now)
                .set(ATTEMPT, 0)
                .set(FAILURES, 0)
                .set(LOSSES, 0)
                .set(RETRIES, wish.retriesMax())
                .set(WAIT, wish.pause().toSeconds())
                .set(READ, 0L)
                .set(WRITTEN, 0L)
                .set(REJECTED, 0L)
                .set(CANCELLED, 0)
                .set(OWNER, "")
                .set(EPOCH, 0L)
                .set(LEASE, 0L)
                .execute();
        RunSearch.note(dsl, wish.project(), wish.flow());
        return id;
    }

    Optional<Run> find(DSLContext dsl, String id) {
        return dsl.selectFrom(RUN).where(ID.eq(id)).fetchOptional(RunTable::run);
    }

    Optional<Run> find(String project, String id) {
        return database.read(dsl -> find(dsl, id)).filter(run -> run.project().equals(project));
    }

    Optional<Detail> detail(String id) {
        return database.read(
                dsl ->
                        dsl.selectFrom(DETAIL)
                                .where(DETAIL_RUN.eq(id))
                                .fetchOptional(
                                        row ->
                                                new Detail(
                                                        row.get(DETAIL_STEPS),
                                                        row.get(RECEIPT),
                                                        row.get(VERIFICATION))));
    }

    List<Attempt> attempts(String id) {
        return database.read(
                dsl ->
                        dsl.selectFrom(TRIED)
                                .where(TRIED_RUN.eq(id))
                                .orderBy(TRIED_NUMBER)
                                .fetch(RunStore::attempt));
    }

    private static Attempt attempt(Record row) {
        return new Attempt(
                row.get(TRIED_NUMBER),
                row.get(TRIED_STATE),
                row.get(TRIED_SERVER),
                Instant.ofEpochMilli(row.get(TRIED_STARTED)),
                RunTable.instant(row.get(TRIED_ENDED)),
                row.get(TRIED_PROBLEM));
    }

    /// Newest first.
    List<Run> list(RunFilter filter, int limit) {
        return database.read(dsl -> select(dsl, filter, limit).fetch(RunTable::run));
    }

    static Select<Record> select(DSLContext dsl, RunFilter filter, int limit) {
        return dsl.selectFrom(RUN).where(conditions(dsl, filter)).orderBy(ID.desc()).limit(limit);
    }

    private static List<Condition> conditions(DSLContext dsl, RunFilter filter) {
        List<Condition> all = new ArrayList<>();
        if (filter.projects() != null) {
            all.add(
                    filter.projects().size() == 1
                            ? PROJECT.eq(filter.projects().iterator().next())
                            : PROJECT.in(filter.projects()));
        }
        all.add(filter.flow().isEmpty() ? noCondition() : FLOW.eq(filter.flow()));
        all.add(states(filter.states()));
        all.add(filter.cause().isEmpty() ? noCondition() : CAUSE.eq(filter.cause()));
        all.add(filter.actor().isEmpty() ? noCondition() : ACTOR.eq(filter.actor()));
        if (filter.endedAfter() != null) {
            all.add(ENDED.ge(filter.endedAfter().toEpochMilli()));
        }
        if (filter.endedBefore() != null) {
            all.add(ENDED.lt(filter.endedBefore().toEpochMilli()));
        }
        if (!filter.query().isBlank()) {
            all.add(RunSearch.matching(dsl, filter));
        }
        all.add(filter.before() == null ? noCondition() : ID.lt(filter.before()));
        return all;
    }

    private static Condition states(List<String> states) {
        if (states.isEmpty()) {
            return noCondition();
        }
        return states.size() == 1 ? STATE.eq(states.getFirst()) : STATE.in(states);
    }

    /// The newest run of a flow; one that is over, or any.
    Optional<Run> latest(DSLContext dsl, String project, String flow, boolean over) {
        Condition which =
                over
                        ? STATE.notIn(Run.State.WAITING.word(), Run.State.RUNNING.word())
                        : noCondition();
        return dsl.selectFrom(RUN)
                .where(PROJECT.eq(project))
                .and(FLOW.eq(flow))
                .and(which)
                .orderBy(ID.desc())
                .limit(1)
                .fetchOptional(RunTable::run);
    }

    /// The newest run of a flow that began or ended in a state.
    Optional<Run> latest(DSLContext dsl, String project, String flow, List<Run.State> states) {
        return dsl.selectFrom(RUN)
                .where(PROJECT.eq(project))
                .and(FLOW.eq(flow))
                .and(states(states.stream().map(Run.State::word).toList()))
                .orderBy(ID.desc())
                .limit(1)
                .fetchOptional(RunTable::run);
    }

    /// Gives the runs of a flow its new name.
    void renamed(DSLContext dsl, String project, String from, String to) {
        dsl.update(RUN).set(FLOW, to).where(PROJECT.eq(project)).and(FLOW.eq(from)).execute();
        RunSearch.renamed(dsl, project, from, to);
    }

    /// Whether a run of a flow waits or is under way.
    boolean isActive(DSLContext dsl, String project, String flow) {
        return dsl.fetchExists(
                dsl.selectOne()
                        .from(RUN)
                        .where(STATE.in(Run.State.WAITING.word(), Run.State.RUNNING.word()))
                        .and(PROJECT.eq(project))
                        .and(FLOW.eq(flow)));
    }

    /// What of a project changed after a moment, in that order.
    List<Run> touched(String project, Instant after) {
        return database.read(
                dsl ->
                        dsl.selectFrom(RUN)
                                .where(PROJECT.eq(project))
                                .and(TOUCHED.gt(after.toEpochMilli()))
                                .orderBy(TOUCHED, ID)
                                .limit(TOUCHED_MAX)
                                .fetch(RunTable::run));
    }

    /// Ends a run that waits; asks the owner of one that is under way to end it.
    void cancel(DSLContext dsl, Run run) {
        long now = database.now(dsl).toEpochMilli();
        int ended =
                dsl.update(RUN)
                        .set(STATE, Run.State.CANCELLED.word())
                        .set(CANCELLED, 1)
                        .set(ENDED, now)
                        .set(TOUCHED, now)
                        .where(ID.eq(run.id()))
                        .and(STATE.eq(Run.State.WAITING.word()))
                        .execute();
        if (ended == 0) {
            dsl.update(RUN)
                    .set(CANCELLED, 1)
                    .set(TOUCHED, now)
                    .where(ID.eq(run.id()))
                    .and(STATE.eq(Run.State.RUNNING.word()))
                    .execute();
        }
    }
}
