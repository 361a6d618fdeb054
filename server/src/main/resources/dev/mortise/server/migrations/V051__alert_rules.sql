create table alert_rule (
    id text primary key,
    project text not null references project (name) on delete cascade,
    name text not null,
    kind text not null,
    flow text,
    settings text not null,
    channels text not null,
    silence text not null,
    recovery integer not null,
    paused integer not null,
    revision integer not null,
    created_at bigint not null,
    unique (project, name)
);

create index alert_rule_project on alert_rule (project);

-- Nobody is told of anything before then.
create table maintenance (
    project text primary key references project (name) on delete cascade,
    until bigint not null,
    by_whom text not null
);
