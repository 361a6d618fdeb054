import type { RunDetail, RunProgress } from '../../client/types';
import { isOver } from '../../client/useRun';

export type SoFar = { read: number; written: number; rejected: number; seconds: number | null };

/**
 * What a run comes to so far. While it goes on its writing steps tell of every commit, which is newer
 * than what was fetched, and its time goes by whether anything is told or not.
 */
export function soFar(run: RunDetail, progress: Record<string, RunProgress>, now: number): SoFar {
  const [read, written, rejected] = [run.rows_read, run.rows_written, run.rows_rejected].map(
    (rows) => rows ?? 0,
  ) as [number, number, number];
  if (isOver(run.state)) return { read, written, rejected, seconds: run.seconds ?? null };
  const moving = (run.steps ?? []).flatMap(({ name, kind }) => {
    const told = kind === 'write' ? progress[name] : undefined;
    return told ? [told] : [];
  });
  const rows = moving.reduce((sum, step) => sum + step.rows, 0);
  const aside = moving.reduce((sum, step) => sum + (step.rows_rejected ?? 0), 0);
  return {
    read: Math.max(read, rows + aside),
    written: Math.max(written, rows),
    rejected: Math.max(rejected, aside),
    seconds: run.started_at
      ? Math.max(0, Math.floor((now - Date.parse(run.started_at)) / 1000))
      : null,
  };
}
