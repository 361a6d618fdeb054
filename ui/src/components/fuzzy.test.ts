import { expect, it } from 'vitest';
import { best, score } from './fuzzy';

const flows = [
  { label: 'orders-to-crm' },
  { label: '订单同步', initials: 'ddtb', spelled: 'dingdantongbu' },
  { label: 'bank-orders' },
  { label: 'history' },
];

it('finds a part of a word, pinyin initials, whole pinyin, and letters in order', () => {
  expect(best(flows, 'crm', 9).map(({ label }) => label)).toEqual(['orders-to-crm']);
  expect(best(flows, 'ddtb', 9).map(({ label }) => label)).toEqual(['订单同步']);
  expect(best(flows, 'dingdan', 9).map(({ label }) => label)).toEqual(['订单同步']);
  expect(best(flows, 'otc', 9).map(({ label }) => label)).toEqual(['orders-to-crm']);
  expect(best(flows, 'xyz', 9)).toEqual([]);
});

it('puts the start before the middle, and everything when nothing is asked', () => {
  expect(best(flows, 'ord', 9).map(({ label }) => label)).toEqual(['orders-to-crm', 'bank-orders']);
  expect(best(flows, '', 2)).toHaveLength(2);
  expect(score({ label: 'abc' }, 'abc')).toBeGreaterThan(score({ label: 'abcd' }, 'abc'));
});
