-- What a run tells of itself. In the database, so that every server that shares it can show it.
create table run_log (
    run text not null references run (id) on delete cascade,
    seq bigint not null,
    at text not null,
    level text not null,
    step text,
    text text not null,
    primary key (run, seq)
);

-- Rows that were set aside, as lines of JSON: one bundle a committed unit, replaced whole. `open` counts the letters
-- nobody has dealt with.
create table reject (
    project text not null references project (name) on delete cascade,
    flow text not null,
    bundle text not null,
    letters text not null,
    open integer not null,
    at bigint not null,
    primary key (project, flow, bundle)
);

create index reject_settled on reject (open, at);
