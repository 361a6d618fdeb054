import type { Graph } from '../../../canvas/graph';
import { rowsOver, type Counted } from '../../../canvas/rows';
import type { RunDetail, RunProgress } from '../../../client/types';
import { isOver } from '../../../client/useRun';

/** A run of the flow, and how many rows went over each line in it. */
export interface Ran {
  run: RunDetail;
  live: boolean;
  rows: ReadonlyMap<string, number>;
}

export type Progress = Readonly<Record<string, RunProgress>>;

/**
 * What the steps of a run have counted; those that were not begun have counted nothing. While it goes
 * on, writing steps tell of every commit, the others when all of it is through.
 */
export function countsOf(run: RunDetail, progress: Progress): Map<string, Counted> {
  const counted = new Map<string, Counted>();
  const going = !isOver(run.state);
  for (const step of run.steps ?? []) {
    const told = going && step.kind === 'write' ? progress[step.name] : undefined;
    if (told && told.state !== 'waiting') {
      const rows_in = told.rows + (told.rows_rejected ?? 0);
      counted.set(step.name, { rows_in, rows_out: told.rows });
    } else if (step.state !== 'waiting' && !(going && step.state === 'running'))
      counted.set(step.name, step);
  }
  return counted;
}

export function ranOf(run: RunDetail, progress: Progress, live: boolean, graph: Graph): Ran {
  return { run, live, rows: rowsOver(graph, countsOf(run, progress)) };
}
