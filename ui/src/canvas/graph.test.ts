import { expect, it } from 'vitest';
import { read } from '../document/flow';
import { setSetting } from '../document/steps';
import { downstream, graphOf, inOrder, sampleKeys, upstream, writesFrom } from './graph';

const TEXT = `flow: f
steps:
  a: {read: erp.a}
  b: {read: erp.b}
  c:
    sql: select * from A join b on true  -- from d
  d: {from: c, where: x > 0}
  e: {from: gone, where: x > 0}
  w: {from: d, write: crm.w, mode: append}
`;

it('draws a line for every input that is there', () => {
  const graph = graphOf(read(TEXT));
  expect(graph.edges.map(({ from, to, word }) => `${from} ${to} ${word}`)).toEqual([
    'a c sql',
    'b c sql',
    'c d from',
    'd w from',
  ]);
  expect([...upstream(graph, 'w')].sort()).toEqual(['a', 'b', 'c', 'd']);
  expect([...downstream(graph, 'b')].sort()).toEqual(['c', 'd', 'w']);
});

it('finds the write steps that rows of a step come to', () => {
  const text = `${TEXT}  v: {from: b, write: crm.v, mode: append}\n`;
  const graph = graphOf(read(text));
  expect(writesFrom(graph, 'a')).toEqual(['w']);
  expect(writesFrom(graph, 'b')).toEqual(['w', 'v']);
  expect(writesFrom(graph, 'w')).toEqual(['w']);
  expect(writesFrom(graph, 'e')).toEqual([]);
});

it('tells circles from what is in order', () => {
  const text = TEXT.replace('read: erp.a', 'from: d, where: true');
  const { order, circle } = inOrder(graphOf(read(text)));
  expect(order).toEqual(['b', 'e']);
  expect(circle).toEqual(['a', 'c', 'd', 'w']);
});

function changedKeys(before: string, after: string): string[] {
  const old = sampleKeys(read(before));
  const now = sampleKeys(read(after));
  return [...now.keys()].filter((name) => now.get(name) !== old.get(name));
}

it('makes exactly the step that changed and those below it stale', () => {
  expect(changedKeys(TEXT, setSetting(TEXT, 'b', ['where'], 'y = 1'))).toEqual([
    'b',
    'c',
    'd',
    'w',
  ]);
  expect(changedKeys(TEXT, setSetting(TEXT, 'd', ['where'], 'x > 1'))).toEqual(['d', 'w']);
});

it('keeps samples when only comments, spaces or the order of words change', () => {
  const after = TEXT.replace('{from: d, write: crm.w', '{write:   crm.w, from: d').replace(
    '  d:',
    '  # the rest\n  d:',
  );
  expect(changedKeys(TEXT, after)).toEqual([]);
});

it('counts pinned rows as what a step gives', () => {
  const old = sampleKeys(read(TEXT));
  const now = sampleKeys(read(TEXT), new Map([['c', 'pinned']]));
  expect([...now.keys()].filter((name) => now.get(name) !== old.get(name))).toEqual([
    'c',
    'd',
    'w',
  ]);
});
