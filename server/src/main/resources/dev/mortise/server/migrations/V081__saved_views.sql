-- What lists are filtered by, under a name: a person's own, or everybody's in the project. `filters` is JSON.
create table saved_view (
    id text primary key,
    project text not null references project (name) on delete cascade,
    list text not null,
    owner text not null,
    owner_name text not null,
    name text not null,
    filters text not null,
    shared integer not null,
    revision integer not null,
    unique (project, list, owner, name)
);
