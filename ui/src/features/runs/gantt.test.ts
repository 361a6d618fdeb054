import { expect, it } from 'vitest';
import type { RunStep } from '../../client/types';
import { bars } from './gantt';

const step = (name: string, from?: number, to?: number): RunStep => ({
  name,
  state: 'running',
  rows_in: 0,
  rows_out: 0,
  rows_rejected: 0,
  started_at: from === undefined ? null : new Date(from * 1000).toISOString(),
  ended_at: to === undefined ? null : new Date(to * 1000).toISOString(),
});

it('lays steps over the time of the run; what runs reaches to now', () => {
  const { bars: drawn, seconds } = bars([step('a', 0, 5), step('b', 5), step('c')], 10_000);
  expect(seconds).toBe(10);
  expect(drawn.map(({ left, width }) => [left, width])).toEqual([
    [0, 50],
    [50, 50],
    [0, 0],
  ]);
});

it('keeps the shortest step visible and inside, and survives a run without steps', () => {
  const { bars: drawn } = bars([step('a', 0, 1000), step('b', 1000, 1000)], 0);
  expect(drawn[1]?.width).toBeGreaterThan(0);
  expect((drawn[1]?.left ?? 0) + (drawn[1]?.width ?? 0)).toBeLessThanOrEqual(100);
  expect(bars([], 0)).toEqual({ bars: [], seconds: 0 });
});
