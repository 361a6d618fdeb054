import { expect, it } from 'vitest';
import type { DocumentEntry, Run, Schedule } from '../../../client/types';
import { joined } from './useFlows';

const flow: DocumentEntry = { name: 'a', state: 'draft', revision: 1, updated_at: '' };
const schedule = (of: string, paused: boolean, next: string[]) =>
  ({ flow: of, paused, next }) as Schedule;

it('gives a flow its own run and the schedule that is due first', () => {
  const run = { id: '7', flow: 'a', state: 'failed', ended_at: 'x' } as Run;
  const schedules = [
    schedule('a', false, ['2026-02']),
    schedule('a', false, ['2026-01', '2026-03']),
    schedule('b', false, ['2025-01']),
    schedule('a', true, ['2024-01']),
  ];
  expect(joined(flow, [run], schedules)).toMatchObject({
    last_run: { id: '7', state: 'failed', ended_at: 'x' },
    schedule: { paused: false, next_at: '2026-01' },
  });
  expect(joined(flow, [], [schedule('a', true, [])]).schedule?.paused).toBe(true);
  expect(joined(flow, [], []).schedule).toBeUndefined();
});
