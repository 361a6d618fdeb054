package dev.mortise.server.home;

import static dev.mortise.server.store.Columns.big;
import static dev.mortise.server.store.Columns.table;
import static dev.mortise.server.store.Columns.text;

import dev.mortise.server.document.FlowFollower;
import dev.mortise.server.store.Database;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record5;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Reads runs, and keeps what they come to by the hour. Of the table of runs it only reads these
/// columns, all of which stay as they are once a run has ended; a flow's name alone may change.
@Component
final class HomeStore implements FlowFollower {
    static final long HOUR = 3_600_000;
    private static final int FETCH = 1_000;

    private static final Table<Record> RUN = table("run");
    private static final Field<String> ID = text("id");
    private static final Field<String> PROJECT = text("project");
    private static final Field<String> FLOW = text("flow");
    private static final Field<String> STATE = text("state");
    private static final Field<Long> STARTED = big("started_at");
    private static final Field<Long> ENDED = big("ended_at");
    private static final Field<Long> READ = big("rows_read");
    private static final Field<Long> WRITTEN = big("rows_written");
    private static final Field<Long> REJECTED_ROWS = big("rows_rejected");
    private static final Field<String> PROBLEM = text("problem");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Table<Record> HOURS = table("home_hour");
    private static final Field<Long> HOUR_AT = big("hour");
    private static final Field<Long> SUCCEEDED = big("succeeded");
    private static final Field<Long> REJECTED = big("rejected");
    private static final Field<Long> FAILED = big("failed");
    private static final Field<Long> ROWS = big("row_count");
    private static final Field<Long> SUCCESS = big("last_success_at");
    private static final Field<String> LATENCIES = text("latencies");

    private static final Table<Record> ROLLED = table("home_rolled");
    private static final Field<Long> UNTIL = big("until");

    private final Database database;

    HomeStore(Database database) {
        this.database = database;
    }

    /// A run as the home page lists it.
    record Line(
            String id,
            String flow,
            String state,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            long rowsRead,
            long rowsWritten,
            long rowsRejected,
            @Nullable JsonNode problem) {}

    /// Up to which millisecond hours are rolled up; 0 for not at all.
    long rolledUntil(String project) {
        Long until =
                database.read(
                        dsl ->
                                dsl.select(UNTIL)
                                        .from(ROLLED)
                                        .where(PROJECT.eq(project))
                                        .fetchOne(UNTIL));
        return until == null ? 0 : until;
    }

    /// Rolls full hours up. Doing it again, here or on another server, changes nothing.
    void roll(String project, long from, long to) {
        Map<Long, Tally> hours = new TreeMap<>();
        runs(project, from, to, (hour, flow, sum) -> hour(hours, hour).add(flow, hour, sum));
        database.write(
                dsl -> {
                    hours.forEach(
                            (hour, tally) ->
                                    tally.flows.forEach(
                                            (flow, sum) -> keep(dsl, project, hour, flow, sum)));
                    dsl.insertInto(ROLLED)
                            .set(PROJECT, project)
                            .set(UNTIL, to)
                            .onConflict(PROJECT)
                            .doUpdate()
                            .set(UNTIL, to)
                            .execute();
                    return null;
                });
    }

    @Override
    public void renamed(DSLContext dsl, String project, String from, String to) {
        Map<Long, Tally.Sum> sums = new TreeMap<>();
        // A flow that is gone may have left hours under the new name.
        var both = PROJECT.eq(project).and(FLOW.in(from, to));
        dsl.selectFrom(HOURS)
                .where(both)
                .forEach(
                        row ->
                                sums.computeIfAbsent(row.get(HOUR_AT), _ -> new Tally.Sum())
                                        .add(sum(row)));
        dsl.deleteFrom(HOURS).where(both).execute();
        sums.forEach((hour, sum) -> keep(dsl, project, hour, to, sum));
    }

    private static Tally hour(Map<Long, Tally> hours, long hour) {
        return hours.computeIfAbsent(hour, _ -> new Tally());
    }

    private static void keep(
            DSLContext dsl, String project, long hour, String flow, Tally.Sum sum) {
        Map<Field<?>, Object> columns = new java.util.LinkedHashMap<>();
        columns.put(SUCCEEDED, sum.succeeded);
        columns.put(REJECTED, sum.rejected);
        columns.put(FAILED, sum.failed);
        columns.put(ROWS, sum.rows);
        columns.put(SUCCESS, sum.lastSuccess == 0 ? null : (Object) sum.lastSuccess);
        columns.put(LATENCIES, sum.latencies.text());
        dsl.insertInto(HOURS)
                .set(columns)
                .set(PROJECT, project)
                .set(HOUR_AT, hour)
                .set(FLOW, flow)
                .onConflict(PROJECT, HOUR_AT, FLOW)
                .doUpdate()
                .set(columns)
                .execute();
    }

    private interface Sink {
        void take(long hour, String flow, Tally.Sum sum);
    }

    /// Runs that ended in a stretch of time, one by one.
    private void runs(String project, long from, long to, Sink sink) {
        database.read(
                dsl -> {
                    try (Stream<Record5<String, String, Long, Long, Long>> rows =
                            dsl.select(FLOW, STATE, STARTED, ENDED, WRITTEN)
                                    .from(RUN)
                                    .where(PROJECT.eq(project))
                                    .and(ENDED.ge(from))
                                    .and(ENDED.lt(to))
                                    .fetchSize(FETCH)
                                    .fetchStream()) {
                        rows.forEach(
                                row ->
                                        sink.take(
                                                row.value4() / HOUR * HOUR,
                                                row.value1(),
                                                sum(row)));
                    }
                    return null;
                });
    }

    private static Tally.Sum sum(Record5<String, String, Long, Long, Long> row) {
        Tally.Sum sum = new Tally.Sum();
        switch (row.value2()) {
            case "succeeded" -> sum.succeeded = 1;
            case "rejected" -> sum.rejected = 1;
            case "failed" -> sum.failed = 1;
            default -> {
                // Cancelled: no transfer, good or bad.
                return sum;
            }
        }
        sum.rows = row.value5();
        sum.lastSuccess = sum.failed == 1 ? 0 : row.value4();
        if (row.value3() != null) {
            sum.latencies.add((row.value4() - row.value3()) / 1000.0);
        }
        return sum;
    }

    /// What hours that were rolled up come to.
    Tally hours(String project, long from) {
        Tally tally = new Tally();
        database.read(
                dsl -> {
                    dsl.selectFrom(HOURS)
                            .where(PROJECT.eq(project))
                            .and(HOUR_AT.ge(from))
                            .forEach(row -> tally.add(row.get(FLOW), row.get(HOUR_AT), sum(row)));
                    return null;
                });
        return tally;
    }

    private static Tally.Sum sum(Record row) {
        Tally.Sum sum = new Tally.Sum();
        sum.succeeded = row.get(SUCCEEDED);
        sum.rejected = row.get(REJECTED);
        sum.failed = row.get(FAILED);
        sum.rows = row.get(ROWS);
        Long success = row.get(SUCCESS);
        sum.lastSuccess = success == null ? 0 : success;
        sum.latencies.add(Latencies.of(row.get(LATENCIES)));
        return sum;
    }

    /// Forgets hours before a moment.
    ///
    /// @return how many lines of them
    int forget(Instant before, int max) {
        return database.write(
                dsl -> {
                    var some =
                            dsl.select(PROJECT, HOUR_AT, FLOW)
                                    .from(HOURS)
                                    .where(HOUR_AT.lt(before.toEpochMilli()))
                                    .orderBy(HOUR_AT)
                                    .limit(max)
                                    .fetch();
                    some.forEach(
                            row ->
                                    dsl.deleteFrom(HOURS)
                                            .where(PROJECT.eq(row.value1()))
                                            .and(HOUR_AT.eq(row.value2()))
                                            .and(FLOW.eq(row.value3()))
                                            .execute());
                    return some.size();
                });
    }

    /// What runs come to that are not rolled up yet.
    Tally since(String project, long from) {
        Tally tally = new Tally();
        runs(project, from, Long.MAX_VALUE, (hour, flow, sum) -> tally.add(flow, hour, sum));
        return tally;
    }

    /// The latest runs that failed, of whatever flow.
    List<Line> failing(String project, long from, int max) {
        return database.read(
                dsl ->
                        dsl.selectFrom(RUN)
                                .where(PROJECT.eq(project))
                                .and(STATE.eq("failed"))
                                .and(ENDED.ge(from))
                                .orderBy(ID.desc())
                                .limit(max)
                                .fetch(HomeStore::line));
    }

    private static Line line(Record row) {
        String problem = row.get(PROBLEM);
        return new Line(
                row.get(ID),
                row.get(FLOW),
                row.get(STATE),
                time(row.get(STARTED)),
                time(row.get(ENDED)),
                row.get(READ),
                row.get(WRITTEN),
                row.get(REJECTED_ROWS),
                problem == null ? null : JSON.readTree(problem));
    }

    private static @Nullable Instant time(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    int count(String project, String state) {
        Integer count =
                database.read(
                        dsl ->
                                dsl.select(DSL.count())
                                        .from(RUN)
                                        .where(PROJECT.eq(project))
                                        .and(STATE.eq(state))
                                        .fetchOne(0, Integer.class));
        return count == null ? 0 : count;
    }
}
