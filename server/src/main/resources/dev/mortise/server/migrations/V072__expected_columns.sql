-- `columns` are those a flow last went well with; `latest` those seen since, null when the same.
alter table source_shape add column latest text;
