-- The last day for which a calendar holds an official list; null when nobody said. Later days are
-- those set by law alone, without the days that are moved.
alter table calendar add column official_until text;

update calendar set official_until = '2026-12-31' where name = 'cn' and revision = 1;
