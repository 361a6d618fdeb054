import { expect, it } from 'vitest';
import { safePath } from './signIn';

it('follows only paths of our own', () => {
  expect(safePath('/p/sales/runs?state=failed')).toBe('/p/sales/runs?state=failed');
  for (const bad of [
    undefined,
    '',
    'https://evil.example',
    '//evil.example',
    '/\\evil',
    '/login',
  ]) {
    expect(safePath(bad)).toBe('/');
  }
});
