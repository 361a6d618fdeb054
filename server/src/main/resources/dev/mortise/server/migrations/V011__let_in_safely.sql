-- Somebody from a provider is known by the provider's own name for them, which never changes.
alter table person add column provider text;
alter table person add column subject text;
alter table person add column version integer not null default 1;
create unique index person_subject on person (provider, subject);

-- A grant goes with its project, so that a later project of the same name inherits nothing.
alter table role_grant add column of_project text references project (name) on delete cascade;

-- Attempts to sign in, by name and by address.
create table login_throttle (
    key text primary key,
    attempts integer not null,
    until bigint not null,
    last bigint not null
);

create table second_factor (
    person text primary key references person (id) on delete cascade,
    active integer not null,
    last_step bigint not null,
    created_at bigint not null
);

create table recovery_code (
    person text not null references person (id) on delete cascade,
    hash text not null,
    primary key (person, hash)
);

create table api_token (
    id text primary key,
    person text not null references person (id) on delete cascade,
    name text not null,
    prefix text not null,
    hash text not null unique,
    project text not null,
    of_project text references project (name) on delete cascade,
    role text not null,
    created_at bigint not null,
    expires_at bigint not null,
    last_used_at bigint,
    unique (person, name)
);
