import type { RunStep } from '../../client/types';

export type Bar = { name: string; state: RunStep['state']; left: number; width: number };

/** The narrowest bar that can still be seen, in per cent. */
const WIDTH_MIN = 0.4;

/** When each step ran, as a share of the whole run; a running step reaches to now. */
export function bars(steps: RunStep[], now: number): { bars: Bar[]; seconds: number } {
  const times = steps.flatMap(({ started_at, ended_at }) =>
    started_at ? [{ from: Date.parse(started_at), to: ended_at ? Date.parse(ended_at) : now }] : [],
  );
  const from = Math.min(...times.map((time) => time.from));
  const to = Math.max(...times.map((time) => time.to));
  const span = Math.max(1, to - from);
  const drawn = steps.map(({ name, state, started_at, ended_at }) => {
    if (!started_at) return { name, state, left: 0, width: 0 };
    const start = Date.parse(started_at);
    const end = ended_at ? Date.parse(ended_at) : now;
    const width = Math.max(WIDTH_MIN, ((end - start) / span) * 100);
    return { name, state, left: Math.min(((start - from) / span) * 100, 100 - width), width };
  });
  return { bars: drawn, seconds: times.length > 0 ? span / 1000 : 0 };
}
