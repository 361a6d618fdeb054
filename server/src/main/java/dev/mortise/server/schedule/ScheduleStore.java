package dev.mortise.server.schedule;

import static dev.mortise.server.store.Columns.big;
import static dev.mortise.server.store.Columns.table;
import static dev.mortise.server.store.Columns.text;
import static dev.mortise.server.store.Columns.whole;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.when;

import dev.mortise.server.document.FlowFollower;
import dev.mortise.server.document.NextFire;
import dev.mortise.server.schedule.Schedule.Concurrency;
import dev.mortise.server.schedule.Schedule.FlowName;
import dev.mortise.server.schedule.Schedule.Missed;
import dev.mortise.server.store.Database;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Schedules and the times at which they fired.
@Component
final class ScheduleStore implements NextFire.Source, FlowFollower {
    /// Schedules looked at in one go.
    static final int DUE_MAX = 500;

    private static final Table<Record> SCHEDULE = table("schedule");
    private static final Field<String> ID = text("id");
    private static final Field<String> PROJECT = text("project");
    private static final Field<String> KIND = text("kind");
    private static final Field<String> FLOW = text("flow");
    private static final Field<String> CRON = text("cron");
    private static final Field<String> ZONE = text("zone");
    private static final Field<String> CALENDAR = text("calendar");
    private static final Field<String> DEPENDS_ON = text("depends_on");
    private static final Field<String> MISSED = text("missed");
    private static final Field<Integer> RETRIES = whole("retries_max");
    private static final Field<Long> WAIT = big("retry_wait_seconds");
    private static final Field<String> CONCURRENCY = text("concurrency");
    private static final Field<Integer> PAUSED = whole("paused");
    private static final Field<Long> NEXT = big("next_at");
    private static final Field<Long> LAST = big("last_fire");
    private static final Field<Long> SINCE = big("since");
    private static final Field<Integer> REVISION = whole("revision");

    private static final Table<Record> FIRE = table("fire");
    private static final Field<String> FIRE_SCHEDULE = text("schedule");
    private static final Field<Long> FIRE_TS = big("fire_ts");
    private static final Field<Long> FIRE_AT = big("at");
    private static final Field<String> OUTCOME = text("outcome");
    private static final Field<String> FIRE_RUN = text("run");

    private final Database database;

    ScheduleStore(Database database) {
        this.database = database;
    }

    /// What came of a time.
    enum Outcome {
        STARTED,
        /// No server was there.
        MISSED,
        /// The flow still ran.
        BUSY,
        /// The flow is not published.
        UNPUBLISHED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// A time of a schedule.
    record Fire(Instant time, Instant at, String outcome, @Nullable String run) {}

    List<Schedule> list(String project, @Nullable String after, int limit) {
        return database.read(
                dsl ->
                        dsl.selectFrom(SCHEDULE)
                                .where(PROJECT.eq(project))
                                .and(after == null ? noCondition() : ID.gt(after))
                                .orderBy(ID)
                                .limit(limit)
                                .fetch(ScheduleStore::schedule));
    }

    @Override
    public Map<String, NextFire> nextFires(String project, Collection<String> flows) {
        Field<Integer> paused = min(PAUSED);
        Field<Long> next = min(when(PAUSED.eq(0), NEXT));
        return database.read(
                dsl ->
                        dsl.select(FLOW, paused, next)
                                .from(SCHEDULE)
                                .where(PROJECT.eq(project))
                                .and(FLOW.in(flows))
                                .groupBy(FLOW)
                                .fetchMap(
                                        FLOW,
                                        row ->
                                                new NextFire(
                                                        row.value2() == 1, instant(row.value3()))));
    }

    /// All of every project: what depends on what.
    Map<FlowName, List<FlowName>> dependencies(DSLContext dsl) {
        Map<FlowName, List<FlowName>> all = new HashMap<>();
        dsl.selectFrom(SCHEDULE)
                .where(DEPENDS_ON.ne(""))
                .fetch(ScheduleStore::schedule)
                .forEach(one -> all.put(new FlowName(one.project(), one.flow()), one.dependsOn()));
        return all;
    }

    /// Those that wait for the flow wait for it under its new name.
    @Override
    public void renamed(DSLContext dsl, String project, String from, String to) {
        String old = new FlowName(project, from).text();
        String now = new FlowName(project, to).text();
        dsl.select(ID, DEPENDS_ON)
                .from(SCHEDULE)
                .where(DEPENDS_ON.contains(old))
                .fetch()
                .forEach(
                        row -> {
                            List<String> names = Arrays.asList(row.value2().split(","));
                            if (names.contains(old)) {
                                String next =
                                        names.stream()
                                                .map(name -> name.equals(old) ? now : name)
                                                .collect(Collectors.joining(","));
                                dsl.update(SCHEDULE)
                                        .set(DEPENDS_ON, next)
                                        .set(REVISION, REVISION.plus(1))
                                        .where(ID.eq(row.value1()))
                                        .execute();
                            }
                        });
    }

    Optional<Schedule> find(DSLContext dsl, String id) {
        return dsl.selectFrom(SCHEDULE).where(ID.eq(id)).fetchOptional(ScheduleStore::schedule);
    }

    Optional<Schedule> find(String project, String id) {
        return database.read(dsl -> find(dsl, id)).filter(one -> one.project().equals(project));
    }

    void save(DSLContext dsl, Schedule schedule) {
        if (schedule.revision() == 1) {
            dsl.insertInto(SCHEDULE)
                    .set(ID, schedule.id())
                    .set(PROJECT, schedule.project())
                    .set(KIND, "flows")
                    .set(values(schedule))
                    .execute();
        } else {
            dsl.update(SCHEDULE).set(values(schedule)).where(ID.eq(schedule.id())).execute();
        }
    }

    private static Map<Field<?>, Object> values(Schedule one) {
        Map<Field<?>, Object> values = new HashMap<>();
        values.put(FLOW, one.flow());
        values.put(CRON, one.cron());
        values.put(ZONE, one.zone());
        values.put(CALENDAR, one.calendar());
        values.put(
                DEPENDS_ON,
                one.dependsOn().stream().map(FlowName::text).collect(Collectors.joining(",")));
        values.put(MISSED, one.missed().word());
        values.put(RETRIES, one.retriesMax());
        values.put(WAIT, one.retryWaitSeconds());
        values.put(CONCURRENCY, one.concurrency().word());
        values.put(PAUSED, one.paused() ? 1 : 0);
        values.put(NEXT, millis(one.nextAt()));
        values.put(LAST, millis(one.lastFire()));
        values.put(SINCE, one.since().toEpochMilli());
        values.put(REVISION, one.revision());
        return values;
    }

    private static @Nullable Long millis(@Nullable Instant at) {
        return at == null ? null : at.toEpochMilli();
    }

    void remove(DSLContext dsl, String id) {
        dsl.deleteFrom(SCHEDULE).where(ID.eq(id)).execute();
    }

    /// The schedules whose time has come, and those that wait for other flows.
    List<String> due(Instant now) {
        Condition timed = NEXT.le(now.toEpochMilli());
        Condition following = NEXT.isNull().and(DEPENDS_ON.ne(""));
        return database.read(
                dsl ->
                        dsl.select(ID)
                                .from(SCHEDULE)
                                .where(PAUSED.eq(0))
                                .and(timed.or(following))
                                .orderBy(NEXT)
                                .limit(DUE_MAX)
                                .fetch(ID));
    }

    /// Takes a schedule for this transaction; empty when another server has it.
    Optional<Schedule> take(DSLContext dsl, String id) {
        var wanted = dsl.selectFrom(SCHEDULE).where(ID.eq(id)).and(PAUSED.eq(0));
        return database.isShared()
                ? wanted.forUpdate().skipLocked().fetchOptional(ScheduleStore::schedule)
                : wanted.fetchOptional(ScheduleStore::schedule);
    }

    /// Notes what came of a time.
    ///
    /// @return false when that is known already
    boolean fire(DSLContext dsl, Schedule schedule, Instant time, Outcome outcome, Instant now) {
        return dsl.insertInto(FIRE)
                        .set(FIRE_SCHEDULE, schedule.id())
                        .set(FIRE_TS, time.toEpochMilli())
                        .set(FIRE_AT, now.toEpochMilli())
                        .set(OUTCOME, outcome.word())
                        .onConflictDoNothing()
                        .execute()
                == 1;
    }

    void started(DSLContext dsl, Schedule schedule, Instant time, String run) {
        dsl.update(FIRE)
                .set(FIRE_RUN, run)
                .where(FIRE_SCHEDULE.eq(schedule.id()))
                .and(FIRE_TS.eq(time.toEpochMilli()))
                .execute();
    }

    void advance(
            DSLContext dsl,
            Schedule schedule,
            @Nullable Instant next,
            boolean started,
            Instant now) {
        dsl.update(SCHEDULE)
                .set(NEXT, millis(next))
                .set(LAST, started ? Long.valueOf(now.toEpochMilli()) : millis(schedule.lastFire()))
                .where(ID.eq(schedule.id()))
                .execute();
    }

    /// The newest times of a schedule.
    List<Fire> fires(String id, int limit) {
        return database.read(
                dsl ->
                        dsl.selectFrom(FIRE)
                                .where(FIRE_SCHEDULE.eq(id))
                                .orderBy(FIRE_TS.desc())
                                .limit(limit)
                                .fetch(
                                        row ->
                                                new Fire(
                                                        Instant.ofEpochMilli(row.get(FIRE_TS)),
                                                        Instant.ofEpochMilli(row.get(FIRE_AT)),
                                                        row.get(OUTCOME),
                                                        row.get(FIRE_RUN))));
    }

    /// Forgets times that were dealt with before, but for the newest of each schedule.
    ///
    /// @return how many
    int forgetFires(Instant before, int max) {
        Table<Record> newer = FIRE.as("newer");
        Condition notNewest =
                exists(
                        selectOne()
                                .from(newer)
                                .where(text("newer", "schedule").eq(text("fire", "schedule")))
                                .and(big("newer", "fire_ts").gt(big("fire", "fire_ts"))));
        return database.write(
                dsl -> {
                    var some =
                            dsl.select(FIRE_SCHEDULE, FIRE_TS)
                                    .from(FIRE)
                                    .where(FIRE_AT.lt(before.toEpochMilli()))
                                    .and(notNewest)
                                    .orderBy(FIRE_AT)
                                    .limit(max)
                                    .fetch();
                    some.forEach(
                            row ->
                                    dsl.deleteFrom(FIRE)
                                            .where(FIRE_SCHEDULE.eq(row.value1()))
                                            .and(FIRE_TS.eq(row.value2()))
                                            .execute());
                    return some.size();
                });
    }

    private static Schedule schedule(Record row) {
        String depends = row.get(DEPENDS_ON);
        return new Schedule(
                row.get(ID),
                row.get(PROJECT),
                row.get(FLOW),
                row.get(CRON),
                row.get(ZONE),
                row.get(CALENDAR),
                depends.isEmpty()
                        ? List.of()
                        : Arrays.stream(depends.split(",")).map(FlowName::parse).toList(),
                Missed.valueOf(row.get(MISSED).toUpperCase(Locale.ROOT)),
                row.get(RETRIES),
                row.get(WAIT),
                Concurrency.valueOf(row.get(CONCURRENCY).toUpperCase(Locale.ROOT)),
                row.get(PAUSED) == 1,
                instant(row.get(NEXT)),
                instant(row.get(LAST)),
                Instant.ofEpochMilli(row.get(SINCE)),
                row.get(REVISION));
    }

    private static @Nullable Instant instant(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
