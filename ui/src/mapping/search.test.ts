import { expect, it } from 'vitest';
import { finds } from './search';

it('finds by any part of a name or comment, and Chinese by pinyin', () => {
  expect(finds('ORD', 'so_order')).toBe(true);
  expect(finds('客户', 'cust', '客户编号')).toBe(true);
  expect(finds('khbh', 'cust', '客户编号')).toBe(true);
  expect(finds('kehu', 'cust', '客户编号')).toBe(true);
  expect(finds('xyz', 'cust', '客户编号')).toBe(false);
  expect(finds(' ', 'cust')).toBe(true);
});
