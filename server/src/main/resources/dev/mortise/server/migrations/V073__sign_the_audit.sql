-- How far the audit goes, signed; written with each entry. An entry that is missing at its end is
-- missed by this.
create table audit_head (
    id integer primary key,
    seq bigint not null,
    hash text not null,
    mac text not null
);

insert into audit_head (id, seq, hash, mac)
select 1, seq, hash, '' from audit where seq = (select max(seq) from audit);

-- Where the chain begins once old entries were removed.
create table audit_checkpoint (
    seq bigint primary key,
    hash text not null,
    entries bigint not null,
    at bigint not null,
    mac text not null
);
