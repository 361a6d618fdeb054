import { expect, it } from 'vitest';
import { readable } from './readable';

it('shows documents as they are and things as JSON, once unpacked', () => {
  expect(readable('flow: a\nsteps: {}\n')).toBe('flow: a\nsteps: {}\n');
  expect(readable({ a: 1 })).toBe('{\n  "a": 1\n}');
  expect(readable('{"a":1}')).toBe('{\n  "a": 1\n}');
  expect([readable(null), readable(undefined), readable('7')]).toEqual(['', '', '7']);
});
