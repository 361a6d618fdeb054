import { expect, test } from 'vitest';
import { read } from './flow';

test.each(['flow: a\nsteps: {}\n', 'flow: a\nsteps:\n', 'flow: a\n'])('%j is blank', (text) => {
  expect(read(text).blank).toBe(true);
});

test.each([
  'flow: a\nstepz: {}\n',
  'flow: a\nsteps: 7\n',
  'flow: a\nsteps: {r: {read: erp.t}}\n',
  'flow: a\ncopy: {from: erp, to: dw}\n',
])('%j is not', (text) => {
  expect(read(text).blank).toBe(false);
});
