-- Times are milliseconds since 1970 in UTC, by the database's clock.
create table project (
    name text primary key,
    title text not null,
    color text not null,
    created_at bigint not null
);

-- The newest text of each document. `published` is the revision that runs use; null before the first.
create table document (
    project text not null references project (name) on delete cascade,
    kind text not null,
    name text not null,
    title text not null,
    connector text not null,
    tags text not null,
    text text not null,
    layout text,
    revision integer not null,
    published integer,
    updated_at bigint not null,
    updated_by text not null,
    primary key (project, kind, name)
);

create table revision (
    project text not null,
    kind text not null,
    name text not null,
    revision integer not null,
    text text not null,
    author text not null,
    at bigint not null,
    message text not null,
    primary key (project, kind, name, revision),
    foreign key (project, kind, name) references document (project, kind, name)
        on update cascade on delete cascade
);

create table edit_lock (
    project text not null,
    kind text not null,
    name text not null,
    holder text not null,
    holder_name text not null,
    until bigint not null,
    primary key (project, kind, name),
    foreign key (project, kind, name) references document (project, kind, name)
        on update cascade on delete cascade
);
