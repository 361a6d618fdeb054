-- Each flow that ever ran, by the name it ran under: what a search of runs looks through.
create table run_name (
    project text not null,
    flow text not null,
    primary key (project, flow)
);

insert into run_name (project, flow) select distinct project, flow from run;
