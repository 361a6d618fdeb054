-- What is known of each flow that ever ran.
create table flow_watch (
    project text not null references project (name) on delete cascade,
    flow text not null,
    run text not null,
    running_since bigint,
    ended_at bigint,
    last_success_at bigint,
    failures integer not null,
    primary key (project, flow)
);

-- Rows of the last good runs, from which bands are learned.
create table flow_sample (
    project text not null references project (name) on delete cascade,
    flow text not null,
    run text not null,
    row_count bigint not null,
    at bigint not null,
    primary key (project, flow, run)
);

-- A rule looks at each run, and at each day, once: however many servers there are.
create table rule_seen (
    rule text not null references alert_rule (id) on delete cascade,
    what text not null,
    at bigint not null,
    primary key (rule, what)
);

create index rule_seen_at on rule_seen (at);

-- `open_key` is rule and subject while it is open: there is one at a time.
create table incident (
    id text primary key,
    project text not null references project (name) on delete cascade,
    rule text not null references alert_rule (id) on delete cascade,
    kind text not null,
    subject text not null,
    open_key text unique,
    opened_at bigint not null,
    closed_at bigint,
    times integer not null,
    told_times integer not null,
    told_at bigint,
    escalated_at bigint,
    silenced_until bigint,
    fault text not null,
    message text not null
);

create index incident_project on incident (project, opened_at);

-- The outbox. A row stands for one message on one channel, written with what it tells of.
create table alert_delivery (
    id text primary key,
    incident text not null references incident (id) on delete cascade,
    channel text not null references channel (id) on delete cascade,
    fault text not null,
    event text not null,
    message text not null,
    due_at bigint not null,
    attempts integer not null,
    done_at bigint,
    ok integer,
    answer text,
    unique (channel, event, fault)
);

create index alert_delivery_due on alert_delivery (done_at, due_at);
create index alert_delivery_incident on alert_delivery (incident);

-- One server at a time sends on a channel; `sends` are the times of the last minute.
create table channel_pace (
    channel text primary key references channel (id) on delete cascade,
    holder text not null,
    lease_until bigint not null,
    sends text not null
);

-- The columns a dataset had when it was last looked at.
create table source_shape (
    project text not null references project (name) on delete cascade,
    flow text not null,
    dataset text not null,
    columns text not null,
    at bigint not null,
    primary key (project, flow, dataset)
);
