import { expect, it } from 'vitest';
import { read } from '../document/flow';
import { graphOf } from './graph';
import { rowsOver } from './rows';

const graph = graphOf(
  read(`flow: f
steps:
  a: {read: erp.a}
  b: {read: erp.b}
  both: {union: [a, b]}
  good: {from: both, where: x > 0}
  w: {from: good, write: crm.w, mode: append}
  v: {from: b, write: crm.v, mode: append}
`),
);

const counted = (counts: Record<string, [rows_in: number, rows_out: number]>) =>
  new Map(
    Object.entries(counts).map(([step, [rows_in, rows_out]]) => [step, { rows_in, rows_out }]),
  );

it('tells the rows as the step they come to has counted them', () => {
  const over = rowsOver(graph, counted({ both: [9, 9], good: [9, 4], w: [4, 3], v: [5, 5] }));
  expect(over.get('both→good')).toBe(9);
  expect(over.get('good→w')).toBe(4);
  expect(over.get('b→v')).toBe(5);
});

it('tells what one of several inputs gave, unless it gave it to others too', () => {
  const over = rowsOver(graph, counted({ a: [4, 4], b: [10, 10], both: [9, 9] }));
  expect(over.get('a→both')).toBe(4);
  expect(over.has('b→both')).toBe(false);
});

it('tells nothing of lines whose steps have counted nothing', () => {
  expect(rowsOver(graph, new Map())).toEqual(new Map());
});
