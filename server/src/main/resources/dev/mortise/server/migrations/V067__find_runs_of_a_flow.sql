-- The newest run of a flow in a state, and whether one is under way.
create index run_flow_state on run (project, flow, state, id);

drop index run_active;

-- Which runs ended so long ago that they are forgotten.
create index run_over on run (ended_at);
