import { expect, it } from 'vitest';
import type { RunDetail } from '../../client/types';
import { soFar } from './sofar';

const run = (state: RunDetail['state']) =>
  ({
    state,
    rows_read: 10,
    rows_written: 8,
    rows_rejected: 2,
    seconds: 0.7,
    started_at: '2026-11-26T07:00:00.000Z',
    steps: [
      { name: 'in', kind: 'read' },
      { name: 'out', kind: 'write' },
    ],
  }) as RunDetail;
const told = { in: { step: 'in', rows: 900 }, out: { step: 'out', rows: 500, rows_rejected: 3 } };
const now = Date.parse('2026-11-26T07:01:05.400Z');

it('goes on while the run does, whatever was fetched', () => {
  expect(soFar(run('running'), told, now)).toEqual({
    read: 503,
    written: 500,
    rejected: 3,
    seconds: 65,
  });
  expect(soFar(run('running'), {}, now)).toMatchObject({ read: 10, written: 8, seconds: 65 });
});

it('keeps to the receipt once it is over', () => {
  expect(soFar(run('succeeded'), told, now)).toEqual({
    read: 10,
    written: 8,
    rejected: 2,
    seconds: 0.7,
  });
});
