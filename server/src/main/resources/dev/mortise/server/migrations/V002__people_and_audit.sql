create table person (
    id text primary key,
    name text not null unique,
    display_name text not null,
    source text not null,
    password text,
    language text not null,
    theme text not null,
    disabled integer not null,
    created_at bigint not null,
    last_login_at bigint
);

create table role_grant (
    person text not null references person (id) on delete cascade,
    project text not null,
    role text not null,
    primary key (person, project)
);

-- Of a session's secret only the hash is kept.
create table login_session (
    hash text primary key,
    person text not null references person (id) on delete cascade,
    created_at bigint not null,
    seen_at bigint not null,
    until bigint not null,
    ip text not null,
    agent text not null
);

create index login_session_person on login_session (person);

create table audit (
    seq bigint primary key,
    at bigint not null,
    actor text not null,
    ip text not null,
    action text not null,
    project text not null,
    object text not null,
    before text,
    after text,
    hash text not null
);

create index audit_object on audit (project, object, seq);
create index audit_actor on audit (actor, seq);
