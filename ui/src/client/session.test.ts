import { expect, it } from 'vitest';
import { reaches } from './session';

it('lets a higher role do what a lower one may, and a grant on * count everywhere', () => {
  expect(reaches({ sales: 'developer' }, 'sales', 'operator')).toBe(true);
  expect(reaches({ sales: 'viewer' }, 'sales', 'operator')).toBe(false);
  expect(reaches({ sales: 'administrator' }, 'other', 'viewer')).toBe(false);
  expect(reaches({ '*': 'operator', sales: 'viewer' }, 'sales', 'operator')).toBe(true);
  expect(reaches(undefined, 'sales', 'viewer')).toBe(false);
});
