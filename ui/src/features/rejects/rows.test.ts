import { expect, it } from 'vitest';
import { culpritOf, fieldsOf, rowOf } from './rows';

const row = { id: 7, name: '甲', amount: '12.50', paid: true, note: null, tags: ['a'] };

it('gives back what nobody touched exactly as it came', () => {
  expect(rowOf(fieldsOf(row), row)).toEqual(row);
});

it('keeps kinds of values and never loses digits', () => {
  const change = (name: string, text: string, isNull = false) =>
    rowOf(
      fieldsOf(row).map((field) => (field.name === name ? { name, text, isNull } : field)),
      row,
    )[name];
  expect(change('id', '8')).toBe(8);
  expect(change('id', '12345678901234567890')).toBe('12345678901234567890');
  expect(change('amount', '13')).toBe('13');
  expect(change('note', 'x')).toBe('x');
  expect(change('name', '', false)).toBe('');
  expect(change('name', '', true)).toBeNull();
});

it('finds the column at fault by name, or by the value that is quoted', () => {
  const refused = { row: { amt: '1,200.00', note: 'x', other: '' }, message: 'could not convert' };
  expect(culpritOf({ ...refused, column: 'amt' })).toBe('amt');
  expect(culpritOf({ ...refused, column: 'amount' })).toBeUndefined();
  const message = 'column \'amount\': could not convert string "1,200.00" to DECIMAL';
  expect(culpritOf({ ...refused, column: 'amount', message })).toBe('amt');
  const twice = { amt: '1,200.00', note: '1,200.00' };
  expect(culpritOf({ row: twice, column: 'amount', message })).toBeUndefined();
});
