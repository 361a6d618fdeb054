-- A person on the way to a system's page and back; used once. `state` and `session` are hashes,
-- `mark` ties it to the connection as it was when it began.
create table consent_attempt (
    state text primary key,
    session text not null,
    project text not null references project (name) on delete cascade,
    connection text not null,
    back text not null,
    verifier text not null,
    mark text not null,
    until bigint not null
);

-- Who touches the tokens of a connection, among servers that share the database. The turn of a
-- server that died ends by itself.
create table token_turn (
    project text not null references project (name) on delete cascade,
    connection text not null,
    holder text not null,
    until bigint not null,
    primary key (project, connection)
);
