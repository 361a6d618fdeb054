-- When a flow runs by itself. `next_at` is empty when only other flows start it.
create table schedule (
    id text primary key,
    project text not null,
    kind text not null,
    flow text not null,
    cron text,
    zone text not null,
    calendar text references calendar (name),
    depends_on text not null,
    missed text not null,
    retries_max integer not null,
    retry_wait_seconds bigint not null,
    concurrency text not null,
    paused integer not null,
    next_at bigint,
    last_fire bigint,
    since bigint not null,
    revision integer not null,
    foreign key (project, kind, flow) references document (project, kind, name)
        on update cascade on delete cascade
);

create index schedule_due on schedule (paused, next_at);
create index schedule_flow on schedule (project, flow);

-- Each time of a schedule at most once, whichever server gets there first. A run stands beside its time in one
-- transaction.
create table fire (
    schedule text not null references schedule (id) on delete cascade,
    fire_ts bigint not null,
    at bigint not null,
    outcome text not null,
    run text,
    primary key (schedule, fire_ts)
);
