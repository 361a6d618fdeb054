package dev.mortise.server.home;

import org.jooq.DSLContext;

/// Rows of the table of runs, for as much of it as the home page reads.
final class RunRows {
    /// Takes id, flow, state, and the milliseconds at which it was queued, begun and ended.
    static final String INSERT =
            "insert into run (id, project, flow, state, queued_at, started_at, ended_at, rows_read,"
                    + " rows_written, rows_rejected) values (?, 'sales', ?, ?, ?, ?, ?, 10, 10, 0)";

    private RunRows() {}

    static void make(DSLContext dsl) {
        dsl.execute("drop table if exists run");
        dsl.execute(
                "create table run (id text primary key, project text not null, flow text not null,"
                        + " state text not null, queued_at bigint not null, started_at bigint,"
                        + " ended_at"
                        + " bigint, rows_read bigint not null, rows_written bigint not null,"
                        + " rows_rejected bigint not null, problem text)");
        dsl.execute("create index run_ended on run (project, ended_at)");
    }
}
