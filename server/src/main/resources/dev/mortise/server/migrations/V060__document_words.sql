-- What a search looks through: name, title and text in small letters, so that no search has to fold them.
alter table document add column words text not null default '';
update document set words = lower(name || ' ' || title || ' ' || text);
