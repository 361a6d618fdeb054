import { describe, expect, it } from 'vitest';
import { columnOf, columnsIn, literalOf, renameColumn, unknownIn } from './sql';

const names = ['amt', 'date', 'day', 'Order No', '客户', 'a', 'b'];

describe('columns of an expression', () => {
  it.each([
    ['amt', ['amt']],
    ['AMT + orders.b', ['amt', 'b']],
    ['cast(amt as date)', ['amt']],
    ['"date"', ['date']],
    ['day', ['day']],
    ['extract(day from a) + interval 1 day', ['a']],
    ['cast(day as date)', ['day']],
    ['date(date)', ['date']],
    ["date '2026-01-01'", []],
    ['"Order No" || 客户', ['Order No', '客户']],
    ["'amt' || a /* b */", ['a']],
    ['case a when 1 then b end', ['a', 'b']],
  ])('%s', (sql, found) => expect(columnsIn(sql, names)).toEqual(found));

  it('names what the source does not have', () => {
    expect(unknownIn('cust_no', names)).toEqual(['cust_no']);
    expect(unknownIn('coalesce(old, amt, "Gone")', names)).toEqual(['old', 'Gone']);
    expect(unknownIn('cast(amt as timestamp with time zone)', names)).toEqual([]);
    expect(unknownIn('a + interval 1 day - current_date', names)).toEqual([]);
    expect(unknownIn('extract(year from a)', names)).toEqual([]);
    expect(unknownIn('list_transform(a, x -> x + 1)', names)).toEqual([]);
    expect(unknownIn("gone->>'$.x'", names)).toEqual(['gone']);
  });

  it('is a whole column only when nothing else is there', () => {
    expect(columnOf(' amt ')).toBe('amt');
    expect(columnOf('"Order No"')).toBe('Order No');
    expect(columnOf('day')).toBe('day');
    expect(columnOf('null')).toBeUndefined();
    expect(columnOf('amt + 1')).toBeUndefined();
    expect(columnOf("'amt'")).toBeUndefined();
  });

  it('is renamed where it is a column, and nowhere else', () => {
    expect(renameColumn('coalesce(amt, \'amt\') + AMT(1) + "amt"', 'amt', 'new amt')).toBe(
      'coalesce("new amt", \'amt\') + AMT(1) + "new amt"',
    );
    expect(renameColumn('t.amt', 'amt', 'sum_amt')).toBe('t.sum_amt');
  });

  it('tells literals', () => {
    expect(literalOf("'it''s'")).toEqual({ kind: 'text', text: "it's" });
    expect(literalOf('-1e3')).toEqual({ kind: 'number', text: '-1e3' });
    expect(literalOf('TRUE')).toEqual({ kind: 'word', text: 'true' });
    expect(literalOf("'a' || 'b'")).toBeUndefined();
  });
});
