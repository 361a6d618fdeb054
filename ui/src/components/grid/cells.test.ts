import { expect, it } from 'vitest';
import type { Preview } from '../../client/types';
import { columnText, moved, rowText } from './cells';

const preview: Preview = {
  columns: [
    { name: 'id', type: 'int32' },
    { name: '名称', type: 'text' },
  ],
  rows: [
    ['1', '甲'],
    ['2', null],
  ],
  sampled_rows: 2,
  of: 'all',
  partial: false,
};

it('moves within the grid and never out of it', () => {
  expect(moved({ row: 0, column: 0 }, 'ArrowUp', 2, 2)).toEqual({ row: 0, column: 0 });
  expect(moved({ row: 0, column: 0 }, 'PageDown', 2, 2)).toEqual({ row: 1, column: 0 });
  expect(moved({ row: 1, column: 0 }, 'End', 2, 2)).toEqual({ row: 1, column: 1 });
  expect(moved({ row: 1, column: 1 }, 'x', 2, 2)).toBeUndefined();
});

it('copies a row as JSON and a column as lines', () => {
  expect(rowText(preview, 1)).toBe('{"id":"2","名称":null}');
  expect(columnText(preview, 1)).toBe('甲\n');
});
