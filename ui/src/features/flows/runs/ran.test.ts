import { expect, it } from 'vitest';
import { graphOf } from '../../../canvas/graph';
import type { RunDetail, RunState } from '../../../client/types';
import { read } from '../../../document/flow';
import { ranOf } from './ran';

const graph = graphOf(
  read(`flow: f
steps:
  a: {read: erp.a}
  good: {from: a, where: x > 0}
  w: {from: good, write: crm.w, mode: append}
  v: {from: good, write: crm.v, mode: append}
`),
);

const step = (name: string, kind: string, state: RunState, rows_in: number, rows_out: number) => ({
  name,
  kind,
  state,
  rows_in,
  rows_out,
  rows_rejected: rows_in - rows_out,
});

function runOf(state: RunState): RunDetail {
  const done = state === 'running' ? 'waiting' : 'succeeded';
  return {
    id: 'r1',
    flow: 'f',
    state,
    trigger: 'manual',
    attempt: 1,
    attempts_max: 1,
    attempts: [],
    steps: [
      step('a', 'read', done, 100, 100),
      step('good', 'where', done, 100, 80),
      step('w', 'write', state, 80, 78),
      step('v', 'write', 'waiting', 0, 0),
    ],
  };
}

const progress = { w: { step: 'w', state: 'running' as const, rows: 30, rows_rejected: 2 } };

it('shows each commit while the run goes on, and nothing of what has not begun', () => {
  const { rows } = ranOf(runOf('running'), progress, true, graph);
  expect([...rows]).toEqual([['good→w', 32]]);
});

it('shows the counts of the receipt when it is over, whatever was told last', () => {
  const { rows } = ranOf(runOf('succeeded'), progress, false, graph);
  expect([...rows]).toEqual([
    ['a→good', 100],
    ['good→w', 80],
  ]);
});
