-- Where alerts go. Settings are JSON; what is secret in them stands there as a reference only.
create table channel (
    id text primary key,
    project text not null references project (name) on delete cascade,
    name text not null,
    kind text not null,
    settings text not null,
    language text not null,
    revision integer not null,
    unique (project, name)
);
