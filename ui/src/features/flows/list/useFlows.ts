import { at } from '../../../client/api';
import { useList, useThing } from '../../../client/queries';
import { latestPath } from '../../../client/runPaths';
import type { DocumentEntry, Page, Run, Schedule } from '../../../client/types';

const REFRESH_MS = 15_000;
/** The server tells the latest run of so many flows at once. */
const ASKED_MAX = 100;

/** Flows with how their last run went and when the next is due, each from where it is known. */
export function useFlows(project: string, query: string | undefined) {
  const list = useList<DocumentEntry>(at('projects', project, 'flows'), {
    query: { query },
    every: REFRESH_MS,
  });
  const names = list.items.slice(0, ASKED_MAX).map(({ name }) => name);
  const latest = useThing<Page<Run>>(latestPath(project), {
    query: { flows: names.join(',') },
    enabled: names.length > 0,
    every: REFRESH_MS,
  });
  const schedules = useThing<Page<Schedule>>(at('projects', project, 'schedules'), {
    query: { limit: 200 },
  });
  const items = list.items.map((flow) =>
    joined(flow, latest.data?.items ?? [], schedules.data?.items ?? []),
  );
  return { ...list, items };
}

/** A flow with its latest run and the schedule that is due first. */
export function joined(flow: DocumentEntry, runs: Run[], schedules: Schedule[]): DocumentEntry {
  const run = runs.find((one) => one.flow === flow.name);
  const own = schedules.filter((one) => one.flow === flow.name);
  const active = own.filter(({ paused }) => !paused);
  const due = active.flatMap(({ next }) => next?.slice(0, 1) ?? []).sort();
  return {
    ...flow,
    last_run: run
      ? { id: run.id, state: run.state, ended_at: run.ended_at ?? null }
      : flow.last_run,
    schedule:
      own.length > 0 ? { paused: active.length === 0, next_at: due[0] ?? null } : flow.schedule,
  };
}
