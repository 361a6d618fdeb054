-- The keys secrets are sealed with, themselves sealed with the master key, which is not in here.
create table vault_keyset (
    id integer primary key,
    keyset text not null,
    made_at bigint not null
);

-- `owner` is `project/sales`, `person/<id>` or `provider/<id>`; only the first has a project.
create table secret (
    owner text not null,
    name text not null,
    project text references project (name) on delete cascade,
    version integer not null,
    sealed text not null,
    updated_at bigint not null,
    updated_by text not null,
    primary key (owner, name)
);
