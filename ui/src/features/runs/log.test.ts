import { expect, it } from 'vitest';
import type { LogLine } from '../../client/types';
import { asText, matching, merged } from './log';

const line = (at: number, text = `line ${at}`, level = 'INFO'): LogLine => ({
  at: `2026-11-26T07:00:0${at}.000Z`,
  level,
  text,
});

it('joins what was fetched with what came live, each line once', () => {
  const lines = [1, 2, 3, 4, 5].map((at) => line(at));
  for (let fetched = 0; fetched <= 5; fetched++) {
    for (let from = 0; from <= fetched; from++) {
      expect(merged(lines.slice(0, fetched), lines.slice(from))).toEqual(lines);
    }
  }
});

it('keeps the level and those above it, and what holds the words', () => {
  const lines = [line(1, 'a', 'DEBUG'), line(2, 'read Orders'), line(3, 'orders', 'ERROR')];
  expect(matching(lines, { query: '', level: 'WARN' })).toEqual([lines[2]]);
  expect(matching(lines, { query: 'ORDERS', level: undefined })).toEqual([lines[1], lines[2]]);
  expect(asText([line(1)])).toBe('2026-11-26T07:00:01.000Z INFO line 1\n');
  expect(asText([{ ...line(1), step: 'out' }])).toBe(
    '2026-11-26T07:00:01.000Z INFO step=out line 1\n',
  );
});
