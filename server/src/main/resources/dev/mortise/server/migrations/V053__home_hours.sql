-- Runs by the full hour they ended in, so that looking back far costs little. `latencies` counts
-- runs by how long they took: bucket:count, parted by commas.
create table home_hour (
    project text not null references project (name) on delete cascade,
    hour bigint not null,
    flow text not null,
    succeeded bigint not null,
    rejected bigint not null,
    failed bigint not null,
    row_count bigint not null,
    last_success_at bigint,
    latencies text not null,
    primary key (project, hour, flow)
);

-- Up to which hour that was done.
create table home_rolled (
    project text primary key references project (name) on delete cascade,
    until bigint not null
);
