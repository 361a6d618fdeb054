import { expect, it } from 'vitest';
import { fromRows, toRows } from './grants';

it('keeps grants through the form and drops rows that are not filled in', () => {
  const grants = { '*': 'viewer', sales: 'developer' } as const;
  expect(fromRows(toRows(grants))).toEqual(grants);
  expect(fromRows([{ project: 'sales' }, undefined, { role: 'viewer' }])).toEqual({});
});
