create table login_provider (
    id text primary key,
    kind text not null,
    title text not null,
    enabled integer not null,
    settings text not null,
    version integer not null,
    updated_at bigint not null
);

-- A login that is on its way through a provider; used once.
create table login_attempt (
    state text primary key,
    content text not null,
    until bigint not null
);
