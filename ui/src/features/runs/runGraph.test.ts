import { expect, it } from 'vitest';
import type { RunStep } from '../../client/types';
import { runGraph } from './runGraph';

const step = (name: string) => ({ name, state: 'succeeded' }) as RunStep;

it('draws the steps of the revision as they are joined', () => {
  const text = 'flow: f\nsteps:\n  in: {read: a.b}\n  out: {from: in, write: c.d, mode: append}\n';
  const { nodes, edges } = runGraph(text, [step('in')]);
  expect(nodes.map(({ name }) => name)).toEqual(['in', 'out']);
  expect(edges.map(({ id }) => id)).toEqual(['in→out']);
});

it('draws the tables of a copy behind their source', () => {
  const text = 'flow: f\ncopy: {from: a, include: ["*"], to: b, into: "{table}"}\n';
  const { edges, into } = runGraph(text, [step('source'), step('s.a'), step('s.b')]);
  expect(edges.map(({ from, to }) => `${from} ${to}`)).toEqual(['source s.a', 'source s.b']);
  expect(into.get('s.a')).toHaveLength(1);
  expect(runGraph(text, []).nodes).toEqual([]);
});
