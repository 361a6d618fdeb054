package dev.mortise.server.run;

import static dev.mortise.server.run.RunTable.ATTEMPT;
import static dev.mortise.server.run.RunTable.CANCELLED;
import static dev.mortise.server.run.RunTable.CHANGED;
import static dev.mortise.server.run.RunTable.DETAIL;
import static dev.mortise.server.run.RunTable.DUE;
import static dev.mortise.server.run.RunTable.ENDED;
import static dev.mortise.server.run.RunTable.EPOCH;
import static dev.mortise.server.run.RunTable.FAILURES;
import static dev.mortise.server.run.RunTable.FLOW;
import static dev.mortise.server.run.RunTable.ID;
import static dev.mortise.server.run.RunTable.LEASE;
import static dev.mortise.server.run.RunTable.LOSSES;
import static dev.mortise.server.run.RunTable.NAME;
import static dev.mortise.server.run.RunTable.OWNER;
import static dev.mortise.server.run.RunTable.PROBLEM;
import static dev.mortise.server.run.RunTable.PROJECT;
import static dev.mortise.server.run.RunTable.READ;
import static dev.mortise.server.run.RunTable.REJECTED;
import static dev.mortise.server.run.RunTable.RUN;
import static dev.mortise.server.run.RunTable.STARTED;
import static dev.mortise.server.run.RunTable.STATE;
import static dev.mortise.server.run.RunTable.TOUCHED;
import static dev.mortise.server.run.RunTable.TRIED;
import static dev.mortise.server.run.RunTable.TRIED_ENDED;
import static dev.mortise.server.run.RunTable.TRIED_NUMBER;
import static dev.mortise.server.run.RunTable.TRIED_PROBLEM;
import static dev.mortise.server.run.RunTable.TRIED_RUN;
import static dev.mortise.server.run.RunTable.TRIED_SERVER;
import static dev.mortise.server.run.RunTable.TRIED_STARTED;
import static dev.mortise.server.run.RunTable.TRIED_STATE;
import static dev.mortise.server.run.RunTable.WRITTEN;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.not;

import dev.mortise.engine.plan.Plan;
import dev.mortise.server.store.Columns;
import dev.mortise.server.store.Database;
import dev.mortise.spi.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Who executes which run. Servers that share the database share the queue: a run belongs to who
/// claimed it, under an epoch higher than all before, until its lease runs out by the database's
/// clock. What an owner says under an epoch that is no longer the run's is not heard.
@Component
final class RunQueue {
    /// A run that took its server with it so often without moving a row takes no other.
    private static final int LOSSES_MAX = 10;

    private static final Table<Record> HIGHEST = Columns.table("run_epoch");
    private static final Field<Long> HIGHEST_EPOCH = Columns.big("run_epoch", "epoch");
    private static final long MILLIS = 1_000;

    private static final String WAITING = Run.State.WAITING.word();
    private static final String RUNNING = Run.State.RUNNING.word();

    private final Database database;
    private final RunStore runs;
    private final News news;

    RunQueue(Database database, RunStore runs, News news) {
        this.database = database;
        this.runs = runs;
        this.news = news;
    }

    /// Hears of runs.
    @FunctionalInterface
    interface News {
        /// Of one that begins or ends, in the transaction in which it does.
        void heard(DSLContext dsl, Run run, Instant now);

        /// Of what a plan of one found in its sources.
        default void saw(Run run, Plan plan) {}
    }

    /// Passes on what a plan of a run found in its sources.
    void saw(Run run, Plan plan) {
        news.saw(run, plan);
    }

    /// What became of a run.
    ///
    /// @param problem JSON; null when it did not fail
    /// @param steps JSON
    record Ending(
            Run.State state,
            Run.Rows rows,
            String steps,
            @Nullable String problem,
            @Nullable String receipt,
            @Nullable String verification) {}

    /// How an owner and its run stand to each other.
    enum Standing {
        OWNED,
        /// The owner is asked to end it.
        CANCELLED,
        /// It is another's by now.
        LOST
    }

    /// Takes the run that is due first, of a flow no other run of which is under way.
    Optional<Run> claim(String server, Duration lease) {
        boolean any =
                database.read(dsl -> dsl.fetchExists(due(dsl, database.now(dsl).toEpochMilli())));
        return any ? database.write(dsl -> claim(dsl, server, lease)) : Optional.empty();
    }

    private static org.jooq.SelectConditionStep<Record> due(DSLContext dsl, long now) {
        Table<Record> other = RUN.as("other");
        Condition busy =
                exists(
                        dsl.selectOne()
                                .from(other)
                                .where(Columns.text("other", "state").eq(RUNNING))
                                .and(Columns.text("other", "project").eq(PROJECT))
                                .and(Columns.text("other", "flow").eq(FLOW)));
        return dsl.select()
                .from(RUN)
                .where(
                        STATE.eq(WAITING)
                                .and(DUE.le(now))
                                .and(not(busy))
                                .or(STATE.eq(RUNNING).and(LEASE.le(now))));
    }

    private Optional<Run> claim(DSLContext dsl, String server, Duration lease) {
        // The row's lock has all who claim take turns.
        dsl.update(HIGHEST).set(HIGHEST_EPOCH, HIGHEST_EPOCH.plus(1)).execute();
        long now = database.now(dsl).toEpochMilli();
        Run run = due(dsl, now).orderBy(DUE, ID).limit(1).fetchOptional(RunTable::run).orElse(null);
        if (run == null) {
            return Optional.empty();
        }
        boolean lost = run.state() == Run.State.RUNNING;
        if (lost && giveUp(dsl, run, now)) {
            return Optional.empty();
        }
        long epoch = epoch(dsl, now);
        Run named = run.name().isEmpty() ? named(dsl, run) : run;
        dsl.update(RUN)
                .set(STATE, RUNNING)
                .set(NAME, named.name())
                .set(CHANGED, named.changed() ? 1 : 0)
                .set(STARTED, run.times().started() == null ? now : started(run))
                .set(TOUCHED, now)
                .set(ATTEMPT, ATTEMPT.plus(1))
                .set(LOSSES, lost ? LOSSES.plus(1) : LOSSES)
                .set(OWNER, server)
                .set(EPOCH, epoch)
                .set(LEASE, now + lease.toMillis())
                .where(ID.eq(run.id()))
                .execute();
        dsl.insertInto(TRIED)
                .set(TRIED_RUN, run.id())
                .set(TRIED_NUMBER, run.attempts().made() + 1)
                .set(TRIED_STATE, RUNNING)
                .set(TRIED_SERVER, server)
                .set(TRIED_STARTED, now)
                .execute();
        Optional<Run> begun = runs.find(dsl, run.id());
        begun.ifPresent(one -> news.heard(dsl, one, Instant.ofEpochMilli(now)));
        return begun;
    }

    private static long started(Run run) {
        return Objects.requireNonNull(run.times().started()).toEpochMilli();
    }

    private static long epoch(DSLContext dsl, long now) {
        dsl.update(HIGHEST)
                .set(HIGHEST_EPOCH, DSL.greatest(HIGHEST_EPOCH, DSL.inline(now / MILLIS)))
                .execute();
        return Objects.requireNonNull(
                dsl.select(HIGHEST_EPOCH).from(HIGHEST).fetchOne(HIGHEST_EPOCH));
    }

    /// Closes the attempt of an owner that is gone.
    ///
    /// @return whether nobody else shall try
    private boolean giveUp(DSLContext dsl, Run run, long now) {
        boolean cancelled = run.cancelled();
        Integer losses = dsl.select(LOSSES).from(RUN).where(ID.eq(run.id())).fetchOne(LOSSES);
        boolean deadly = Objects.requireNonNull(losses) >= LOSSES_MAX;
        close(dsl, run, Run.State.FAILED.word(), RunProblems.json(RunProblems.gone()), now);
        if (!cancelled && !deadly) {
            return false;
        }
        String problem = cancelled ? null : RunProblems.json(RunProblems.deadly(LOSSES_MAX));
        end(dsl, run, cancelled ? Run.State.CANCELLED : Run.State.FAILED, problem, now);
        return true;
    }

    /// An unfinished run goes on under its name; so targets know which steps are through.
    private Run named(DSLContext dsl, Run run) {
        Run last =
                run.fresh() ? null : runs.latest(dsl, run.project(), run.flow(), true).orElse(null);
        if (last == null || last.isDone() || last.name().isEmpty()) {
            return run.named(run.id(), false);
        }
        return run.named(last.name(), last.changed() || differs(run, last));
    }

    private static boolean differs(Run run, Run last) {
        return run.revision() != last.revision();
    }

    /// Says that the owner lives and how far it has come.
    ///
    /// @param steps JSON; null when nothing has changed
    Standing beat(Run run, Duration lease, Run.Rows rows, @Nullable String steps) {
        return database.write(
                dsl -> {
                    long now = database.now(dsl).toEpochMilli();
                    var update = dsl.update(RUN).set(LEASE, now + lease.toMillis());
                    if (steps != null) {
                        boolean moved = rows.written() > run.rows().written();
                        update =
                                update.set(READ, rows.read())
                                        .set(WRITTEN, rows.written())
                                        .set(REJECTED, rows.rejected())
                                        .set(LOSSES, moved ? DSL.inline(0) : LOSSES);
                    }
                    if (update.where(owned(run)).execute() == 0) {
                        return Standing.LOST;
                    }
                    if (steps != null) {
                        keep(dsl, run.id(), steps, null, null);
                    }
                    Integer cancelled =
                            dsl.select(CANCELLED)
                                    .from(RUN)
                                    .where(ID.eq(run.id()))
                                    .fetchOne(CANCELLED);
                    return Objects.equals(cancelled, 1) ? Standing.CANCELLED : Standing.OWNED;
                });
    }

    private static Condition owned(Run run) {
        return ID.eq(run.id()).and(EPOCH.eq(run.epoch())).and(STATE.eq(RUNNING));
    }

    private static void keep(
            DSLContext dsl,
            String run,
            String steps,
            @Nullable String receipt,
            @Nullable String verification) {
        dsl.insertInto(DETAIL)
                .set(Columns.text("run"), run)
                .set(Columns.text("steps"), steps)
                .set(Columns.text("receipt"), receipt)
                .set(Columns.text("verification"), verification)
                .onConflict(Columns.text("run"))
                .doUpdate()
                .set(Columns.text("steps"), steps)
                .set(Columns.text("receipt"), receipt)
                .set(Columns.text("verification"), verification)
                .execute();
    }

    /// Ends a run with its receipt, in one transaction.
    ///
    /// @return false when it is another's by now, and nothing was kept
    boolean end(Run run, Ending ending) {
        return database.write(
                dsl -> {
                    long now = database.now(dsl).toEpochMilli();
                    if (!isOwned(dsl, run)) {
                        return false;
                    }
                    rows(dsl, run, ending.rows());
                    keep(dsl, run.id(), ending.steps(), ending.receipt(), ending.verification());
                    close(dsl, run, ending.state().word(), ending.problem(), now);
                    end(dsl, run, ending.state(), ending.problem(), now);
                    return true;
                });
    }

    private static void rows(DSLContext dsl, Run run, Run.Rows rows) {
        dsl.update(RUN)
                .set(READ, rows.read())
                .set(WRITTEN, rows.written())
                .set(REJECTED, rows.rejected())
                .where(ID.eq(run.id()))
                .execute();
    }

    boolean isOwned(DSLContext dsl, Run run) {
        // A write, so that nobody takes it over before this transaction ends.
        return dsl.update(RUN).set(OWNER, OWNER).where(owned(run)).execute() == 1;
    }

    /// @throws ProblemException FENCED when the run is another's by now
    void demandOwned(DSLContext dsl, Run run) {
        if (!isOwned(dsl, run)) {
            throw RunProblems.lost(run.id());
        }
    }

    private static void close(
            DSLContext dsl, Run run, String state, @Nullable String problem, long now) {
        dsl.update(TRIED)
                .set(TRIED_STATE, state)
                .set(TRIED_ENDED, now)
                .set(TRIED_PROBLEM, problem)
                .where(TRIED_RUN.eq(run.id()))
                .and(TRIED_NUMBER.eq(run.attempts().made()))
                .execute();
    }

    private void end(DSLContext dsl, Run run, Run.State state, @Nullable String problem, long now) {
        dsl.update(RUN)
                .set(STATE, state.word())
                .set(PROBLEM, problem)
                .set(ENDED, now)
                .set(TOUCHED, now)
                .set(OWNER, "")
                .where(ID.eq(run.id()))
                .execute();
        runs.find(dsl, run.id()).ifPresent(one -> news.heard(dsl, one, Instant.ofEpochMilli(now)));
    }

    /// Puts a run back that failed for a passing reason, to be begun again after a wait.
    boolean retry(Run run, Ending ending, Duration wait) {
        return database.write(
                dsl -> {
                    long now = database.now(dsl).toEpochMilli();
                    if (!isOwned(dsl, run)) {
                        return false;
                    }
                    rows(dsl, run, ending.rows());
                    keep(dsl, run.id(), ending.steps(), null, null);
                    close(dsl, run, ending.state().word(), ending.problem(), now);
                    dsl.update(RUN)
                            .set(STATE, WAITING)
                            .set(DUE, now + wait.toMillis())
                            .set(TOUCHED, now)
                            .set(FAILURES, FAILURES.plus(1))
                            .set(OWNER, "")
                            .where(ID.eq(run.id()))
                            .execute();
                    return true;
                });
    }

    /// Lets others have a run at once.
    void release(Run run) {
        database.write(dsl -> dsl.update(RUN).set(LEASE, 0L).where(owned(run)).execute());
    }

    /// Lets go of what this server owned before it died, or anybody where no other can live.
    int releaseOwn(String server) {
        return releaseAll(database.isShared() ? server : null);
    }

    /// Lets go of what a server owned before it died.
    ///
    /// @param server null for whoever owned it, where no other server can live
    int releaseAll(@Nullable String server) {
        return database.write(
                dsl ->
                        dsl.update(RUN)
                                .set(LEASE, 0L)
                                .where(STATE.eq(RUNNING))
                                .and(server == null ? DSL.noCondition() : OWNER.eq(server))
                                .execute());
    }

    /// The runs an owner is asked to end.
    List<String> cancelled(String server) {
        return database.read(
                dsl ->
                        dsl.select(ID)
                                .from(RUN)
                                .where(STATE.eq(RUNNING))
                                .and(OWNER.eq(server))
                                .and(CANCELLED.eq(1))
                                .fetch(ID));
    }
}
