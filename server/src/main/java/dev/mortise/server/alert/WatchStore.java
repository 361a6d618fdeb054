package dev.mortise.server.alert;

import static dev.mortise.server.store.Columns.big;
import static dev.mortise.server.store.Columns.table;
import static dev.mortise.server.store.Columns.text;
import static dev.mortise.server.store.Columns.whole;

import dev.mortise.server.document.FlowFollower;
import dev.mortise.server.store.Database;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What is remembered of each flow's runs, as far as rules need it.
@Component
final class WatchStore implements FlowFollower {
    static final int SAMPLES_MAX = 100;
    private static final int FLOWS_MAX = 10_000;

    private static final Table<Record> WATCH = table("flow_watch");
    private static final Field<String> PROJECT = text("project");
    private static final Field<String> FLOW = text("flow");
    private static final Field<String> RUN = text("run");
    private static final Field<Long> RUNNING = big("running_since");
    private static final Field<Long> ENDED = big("ended_at");
    private static final Field<Long> SUCCESS = big("last_success_at");
    private static final Field<Integer> FAILURES = whole("failures");

    private static final Table<Record> SAMPLE = table("flow_sample");
    private static final Field<Long> ROWS = big("row_count");
    private static final Field<Long> AT = big("at");

    private static final Table<Record> SHAPE = table("source_shape");
    private static final Field<String> DATASET = text("dataset");
    private static final Field<String> COLUMNS = text("columns");
    private static final Field<String> LATEST = text("latest");

    private final Database database;

    WatchStore(Database database) {
        this.database = database;
    }

    /// @param run the last one heard of
    /// @param runningSince null when it has ended
    /// @param failures in a row
    record Watch(
            String flow,
            String run,
            @Nullable Instant runningSince,
            @Nullable Instant endedAt,
            @Nullable Instant lastSuccessAt,
            int failures) {}

    /// What was learned of the flow goes on. What a flow of that name left, which is gone, ends.
    @Override
    public void renamed(DSLContext dsl, String project, String from, String to) {
        for (Table<Record> known : List.of(WATCH, SAMPLE, SHAPE)) {
            dsl.deleteFrom(known).where(PROJECT.eq(project)).and(FLOW.eq(to)).execute();
            dsl.update(known).set(FLOW, to).where(PROJECT.eq(project)).and(FLOW.eq(from)).execute();
        }
    }

    /// Those that ever ran.
    List<Watch> list(String project) {
        return database.read(
                dsl ->
                        dsl.selectFrom(WATCH)
                                .where(PROJECT.eq(project))
                                .orderBy(FLOW)
                                .limit(FLOWS_MAX)
                                .fetch(WatchStore::watch));
    }

    Optional<Watch> find(DSLContext dsl, String project, String flow) {
        return dsl.selectFrom(WATCH)
                .where(PROJECT.eq(project))
                .and(FLOW.eq(flow))
                .fetchOptional(WatchStore::watch);
    }

    private static Watch watch(Record row) {
        return new Watch(
                row.get(FLOW),
                row.get(RUN),
                time(row.get(RUNNING)),
                time(row.get(ENDED)),
                time(row.get(SUCCESS)),
                row.get(FAILURES));
    }

    private static @Nullable Instant time(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    /// Takes note of a run that begins or has ended. One that was noted before changes nothing.
    void note(DSLContext dsl, Outcome outcome) {
        Watch before = find(dsl, outcome.project(), outcome.flow()).orElse(null);
        boolean running = outcome.state() == Outcome.State.RUNNING;
        if (before != null
                && before.run().equals(outcome.run())
                && (running || before.runningSince() == null)) {
            return;
        }
        if (!running && before != null && isOlder(outcome, before.endedAt())) {
            return;
        }
        long at = outcome.endedAt().toEpochMilli();
        Map<Field<?>, Object> columns = new LinkedHashMap<>();
        columns.put(RUN, outcome.run());
        columns.put(RUNNING, running ? (Object) at : null);
        columns.put(FAILURES, failures(before, outcome));
        if (!running) {
            columns.put(ENDED, at);
        }
        if (outcome.state().isDone()) {
            columns.put(SUCCESS, at);
        }
        dsl.insertInto(WATCH)
                .set(columns)
                .set(PROJECT, outcome.project())
                .set(FLOW, outcome.flow())
                .onConflict(PROJECT, FLOW)
                .doUpdate()
                .set(columns)
                .execute();
        if (outcome.state().isDone()) {
            sample(dsl, outcome);
        }
    }

    private static boolean isOlder(Outcome outcome, @Nullable Instant ended) {
        return ended != null && outcome.endedAt().isBefore(ended);
    }

    private static int failures(@Nullable Watch before, Outcome outcome) {
        int known = before == null ? 0 : before.failures();
        return switch (outcome.state()) {
            case SUCCEEDED, REJECTED -> 0;
            case FAILED -> known + 1;
            case RUNNING, CANCELLED -> known;
        };
    }

    private void sample(DSLContext dsl, Outcome outcome) {
        dsl.insertInto(SAMPLE)
                .set(PROJECT, outcome.project())
                .set(FLOW, outcome.flow())
                .set(RUN, outcome.run())
                .set(ROWS, outcome.rowsWritten())
                .set(AT, outcome.endedAt().toEpochMilli())
                .onConflict(PROJECT, FLOW, RUN)
                .doNothing()
                .execute();
        Long oldest =
                dsl.select(AT)
                        .from(SAMPLE)
                        .where(PROJECT.eq(outcome.project()))
                        .and(FLOW.eq(outcome.flow()))
                        .orderBy(AT.desc())
                        .limit(1)
                        .offset(SAMPLES_MAX)
                        .fetchOne(AT);
        if (oldest != null) {
            dsl.deleteFrom(SAMPLE)
                    .where(PROJECT.eq(outcome.project()))
                    .and(FLOW.eq(outcome.flow()))
                    .and(AT.le(oldest))
                    .execute();
        }
    }

    /// Rows of a flow's good runs but one, newest first.
    List<Long> samples(DSLContext dsl, Outcome but) {
        return dsl.select(ROWS)
                .from(SAMPLE)
                .where(PROJECT.eq(but.project()))
                .and(FLOW.eq(but.flow()))
                .and(RUN.ne(but.run()))
                .orderBy(AT.desc())
                .limit(SAMPLES_MAX)
                .fetch(ROWS);
    }

    /// Takes note of the columns a flow's sources have.
    ///
    /// @return how they differ from those it last went well with, in a line; empty when they do
    ///     not, or were never seen before
    String shape(DSLContext dsl, Seen seen, Instant now) {
        Map<String, String> expected =
                dsl.select(DATASET, COLUMNS)
                        .from(SHAPE)
                        .where(PROJECT.eq(seen.project()))
                        .and(FLOW.eq(seen.flow()))
                        .and(DATASET.in(seen.datasets().keySet()))
                        .fetchMap(DATASET, COLUMNS);
        List<String> differences = new ArrayList<>();
        seen.datasets()
                .forEach(
                        (dataset, columns) -> {
                            String before = expected.get(dataset);
                            String latest = String.join("\n", columns);
                            if (before == null) {
                                expect(dsl, seen, dataset, latest, now);
                                return;
                            }
                            List<String> known = Arrays.asList(before.split("\n", -1));
                            String difference = Seen.difference(dataset, known, columns);
                            latest(dsl, seen, dataset, difference.isEmpty() ? null : latest);
                            if (!difference.isEmpty()) {
                                differences.add(difference);
                            }
                        });
        return String.join("; ", differences);
    }

    private static void expect(
            DSLContext dsl, Seen seen, String dataset, String columns, Instant now) {
        dsl.insertInto(SHAPE)
                .set(PROJECT, seen.project())
                .set(FLOW, seen.flow())
                .set(DATASET, dataset)
                .set(COLUMNS, columns)
                .set(AT, now.toEpochMilli())
                .onConflict(PROJECT, FLOW, DATASET)
                .doNothing()
                .execute();
    }

    private static void latest(
            DSLContext dsl, Seen seen, String dataset, @Nullable String columns) {
        dsl.update(SHAPE)
                .set(LATEST, columns)
                .where(PROJECT.eq(seen.project()))
                .and(FLOW.eq(seen.flow()))
                .and(DATASET.eq(dataset))
                .and(columns == null ? LATEST.isNotNull() : DSL.noCondition())
                .execute();
    }

    /// A flow went well with the columns its sources have now: they are what is expected from
    /// here on.
    void settle(DSLContext dsl, Outcome outcome) {
        dsl.update(SHAPE)
                .set(COLUMNS, LATEST)
                .set(LATEST, (String) null)
                .set(AT, outcome.endedAt().toEpochMilli())
                .where(PROJECT.eq(outcome.project()))
                .and(FLOW.eq(outcome.flow()))
                .and(LATEST.isNotNull())
                .execute();
    }
}
