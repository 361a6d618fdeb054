import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useRefresh, useThing } from './queries';
import type { LogLine, Run, RunDetail, RunProgress } from './types';
import { useEvents } from './useEvents';
import { runPath, runsPath } from './runPaths';

const LIVE_LINES_MAX = 2_000;
const REFRESH_MS = 10_000;

export const isOver = (state: Run['state'] | undefined) =>
  state !== undefined && state !== 'waiting' && state !== 'running';

/** Events tell a run as lists do, without its steps, attempts and receipt: those that are known stay. */
function taken(old: RunDetail, now: Run): RunDetail {
  const { steps, attempts, verification } = old;
  return { ...old, ...now, steps, attempts, verification, receipt: now.receipt ?? old.receipt };
}

/** A run as it goes: fetched, then kept up by its events, and by asking again should those fail. */
export function useRun(project: string, id: string) {
  const path = runPath(project, id);
  const client = useQueryClient();
  const refresh = useRefresh();
  const [over, setOver] = useState(false);
  const run = useThing<RunDetail>(path, over ? {} : { every: REFRESH_MS });
  const [progress, setProgress] = useState<Record<string, RunProgress>>({});
  const [lines, setLines] = useState<LogLine[]>([]);
  if (!over && isOver(run.data?.state)) setOver(true);
  if (over && run.data && !isOver(run.data.state)) setOver(false);

  const { open } = useEvents(
    over || !run.data ? undefined : runPath(project, id, 'events'),
    (event, data) => {
      if (event === 'progress') {
        const step = data as RunProgress;
        setProgress((old) => ({ ...old, [step.step]: step }));
      } else if (event === 'log') {
        const line = typeof data === 'string' ? { at: '', level: 'INFO', text: data } : data;
        setLines((old) => [...old, line as LogLine].slice(-LIVE_LINES_MAX));
      } else if (event === 'state') {
        const now = data as Run;
        client.setQueryData<RunDetail>([path, 'thing', {}], (old) => old && taken(old, now));
        void refresh(isOver(now.state) ? runsPath(project) : path);
      }
    },
  );
  return { run, progress, lines, live: open };
}
