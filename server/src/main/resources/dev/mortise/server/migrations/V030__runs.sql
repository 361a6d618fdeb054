-- One execution of a flow. A run is owned while it is 'running': by `owner`, under `epoch`, until `lease_until`.
-- `name` is what targets know it by: its own id, or that of the failed run it goes on with.
create table run (
    id text primary key,
    project text not null references project (name) on delete cascade,
    flow text not null,
    revision integer not null,
    state text not null,
    cause text not null,
    actor text not null,
    steps text not null,
    fresh integer not null,
    rerun_of text,
    name text not null,
    changed integer not null,
    queued_at bigint not null,
    due_at bigint not null,
    started_at bigint,
    ended_at bigint,
    touched_at bigint not null,
    attempt integer not null,
    failures integer not null,
    losses integer not null,
    retries_max integer not null,
    retry_wait_seconds bigint not null,
    rows_read bigint not null,
    rows_written bigint not null,
    rows_rejected bigint not null,
    problem text,
    cancelled integer not null,
    owner text not null,
    epoch bigint not null,
    lease_until bigint not null
);

create index run_newest on run (project, id);
create index run_flow on run (project, flow, id);
create index run_state on run (project, state, id);
create index run_cause on run (project, cause, id);
create index run_actor on run (project, actor, id);
create index run_ended on run (project, ended_at);
create index run_touched on run (project, touched_at);
create index run_due on run (state, due_at);
create index run_active on run (state, project, flow);

-- What is long, and only shown of one run.
create table run_detail (
    run text primary key references run (id) on delete cascade,
    steps text not null,
    receipt text,
    verification text
);

create table run_attempt (
    run text not null references run (id) on delete cascade,
    attempt integer not null,
    state text not null,
    server text not null,
    started_at bigint not null,
    ended_at bigint,
    problem text,
    primary key (run, attempt)
);

-- The highest epoch ever given to an owner. Never below the seconds since 1970, so that a database that is made anew
-- goes on above what targets have seen.
create table run_epoch (
    id integer primary key,
    epoch bigint not null
);

insert into run_epoch (id, epoch) values (1, 0);
