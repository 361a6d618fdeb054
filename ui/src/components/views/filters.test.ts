import { expect, it } from 'vitest';
import { changeTo, isSame, setOf } from './filters';

const KEYS = ['state', 'flow', 'query'];

it('takes the filters of the list that are set, and nothing else of the address', () => {
  expect(setOf(KEYS, { state: 'failed', query: '', tab: 'x' })).toEqual({ state: 'failed' });
});

it('knows a view again, whatever the order', () => {
  expect(isSame({ state: 'failed', flow: 'a' }, { flow: 'a', state: 'failed' })).toBe(true);
  expect(isSame({ state: 'failed' }, { state: 'failed', flow: 'a' })).toBe(false);
  expect(isSame({ state: 'failed' }, { state: 'running' })).toBe(false);
  expect(isSame({ state: 'failed' }, { flow: 'failed' })).toBe(false);
});

it('clears what a view does not say, and passes over what the list does not know', () => {
  expect(changeTo(KEYS, { flow: 'a', gone: '1' })).toEqual({ state: '', flow: 'a', query: '' });
});
