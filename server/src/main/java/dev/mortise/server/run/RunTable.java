package dev.mortise.server.run;

import static dev.mortise.server.store.Columns.big;
import static dev.mortise.server.store.Columns.table;
import static dev.mortise.server.store.Columns.text;
import static dev.mortise.server.store.Columns.whole;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/// The table `run`, for the two that ask it: [RunStore] and [RunQueue].
final class RunTable {
    static final Table<Record> RUN = table("run");
    static final Field<String> ID = text("run", "id");
    static final Field<String> PROJECT = text("run", "project");
    static final Field<String> FLOW = text("run", "flow");
    static final Field<Integer> REVISION = whole("run", "revision");
    static final Field<String> STATE = text("run", "state");
    static final Field<String> CAUSE = text("run", "cause");
    static final Field<String> ACTOR = text("run", "actor");
    static final Field<String> STEPS = text("run", "steps");
    static final Field<Integer> FRESH = whole("run", "fresh");
    static final Field<String> RERUN_OF = text("run", "rerun_of");
    static final Field<String> NAME = text("run", "name");
    static final Field<Integer> CHANGED = whole("run", "changed");
    static final Field<Long> QUEUED = big("run", "queued_at");
    static final Field<Long> DUE = big("run", "due_at");
    static final Field<Long> STARTED = big("run", "started_at");
    static final Field<Long> ENDED = big("run", "ended_at");
    static final Field<Long> TOUCHED = big("run", "touched_at");
    static final Field<Integer> ATTEMPT = whole("run", "attempt");
    static final Field<Integer> FAILURES = whole("run", "failures");
    static final Field<Integer> LOSSES = whole("run", "losses");
    static final Field<Integer> RETRIES = whole("run", "retries_max");
    static final Field<Long> WAIT = big("run", "retry_wait_seconds");
    static final Field<Long> READ = big("run", "rows_read");
    static final Field<Long> WRITTEN = big("run", "rows_written");
    static final Field<Long> REJECTED = big("run", "rows_rejected");
    static final Field<String> PROBLEM = text("run", "problem");
    static final Field<Integer> CANCELLED = whole("run", "cancelled");
    static final Field<String> OWNER = text("run", "owner");
    static final Field<Long> EPOCH = big("run", "epoch");
    static final Field<Long> LEASE = big("run", "lease_until");

    static final Table<Record> DETAIL = table("run_detail");
    static final Field<String> DETAIL_RUN = text("run_detail", "run");
    static final Field<String> DETAIL_STEPS = text("run_detail", "steps");
    static final Field<String> RECEIPT = text("run_detail", "receipt");
    static final Field<String> VERIFICATION = text("run_detail", "verification");

    static final Table<Record> TRIED = table("run_attempt");
    static final Field<String> TRIED_RUN = text("run_attempt", "run");
    static final Field<Integer> TRIED_NUMBER = whole("run_attempt", "attempt");
    static final Field<String> TRIED_STATE = text("run_attempt", "state");
    static final Field<String> TRIED_SERVER = text("run_attempt", "server");
    static final Field<Long> TRIED_STARTED = big("run_attempt", "started_at");
    static final Field<Long> TRIED_ENDED = big("run_attempt", "ended_at");
    static final Field<String> TRIED_PROBLEM = text("run_attempt", "problem");

    private RunTable() {}

    static Run run(Record row) {
        String steps = row.get(STEPS);
        return new Run(
                row.get(ID),
                row.get(PROJECT),
                row.get(FLOW),
                row.get(REVISION),
                Run.State.of(row.get(STATE)),
                Run.Cause.of(row.get(CAUSE)),
                row.get(ACTOR),
                steps.isEmpty() ? List.of() : Arrays.asList(steps.split(",")),
                row.get(FRESH) == 1,
                row.get(RERUN_OF),
                row.get(NAME),
                row.get(CHANGED) == 1,
                new Run.Times(
                        Instant.ofEpochMilli(row.get(QUEUED)),
                        Instant.ofEpochMilli(row.get(DUE)),
                        instant(row.get(STARTED)),
                        instant(row.get(ENDED)),
                        Instant.ofEpochMilli(row.get(TOUCHED))),
                new Run.Attempts(
                        row.get(ATTEMPT), row.get(FAILURES), row.get(RETRIES), row.get(WAIT)),
                new Run.Rows(row.get(READ), row.get(WRITTEN), row.get(REJECTED)),
                row.get(PROBLEM),
                row.get(CANCELLED) == 1,
                row.get(EPOCH));
    }

    static @Nullable Instant instant(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
