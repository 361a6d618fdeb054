import { describe, expect, it } from 'vitest';
import { random, pick } from '../document/generate.testing';
import { readShape, writeShape, type Shape } from './shapes';
import { textSql } from './sql';

const all: [string, Shape][] = [
  ['so_no', { kind: 'column', of: 'so_no' }],
  ['"order no"', { kind: 'column', of: '"order no"' }],
  ["'erp'", { kind: 'constant', value: "'erp'" }],
  ['-1.50', { kind: 'constant', value: '-1.50' }],
  ['null', { kind: 'constant', value: 'null' }],
  [
    'cast(amt as decimal(18,2))',
    { kind: 'cast', of: 'amt', type: 'decimal(18,2)', lenient: false },
  ],
  ['try_cast(amt as date)', { kind: 'cast', of: 'amt', type: 'date', lenient: true }],
  ["coalesce(city, 'none')", { kind: 'default', of: 'city', value: "'none'" }],
  ["strftime(at, '%Y-%m')", { kind: 'format_date', of: 'at', format: '%Y-%m' }],
  [
    "cast(strptime(day, '%Y%m%d') as date)",
    { kind: 'parse_date', of: 'day', format: '%Y%m%d', as: 'date', lenient: false },
  ],
  [
    "try_strptime(day, '%d''th')",
    { kind: 'parse_date', of: 'day', format: "%d'th", as: 'timestamp', lenient: true },
  ],
  ['concat(a, b)', { kind: 'concat', parts: ['a', 'b'], separator: '' }],
  ["concat_ws('-', a, upper(b))", { kind: 'concat', parts: ['a', 'upper(b)'], separator: '-' }],
  ["split_part(code, '-', 2)", { kind: 'split', of: 'code', separator: '-', index: 2 }],
  [
    "case state when 'A' then '有效' when 'B' then '关闭' else null end",
    {
      kind: 'lookup',
      of: 'state',
      pairs: [
        ["'A'", "'有效'"],
        ["'B'", "'关闭'"],
      ],
      otherwise: 'null',
    },
  ],
  ['case n when 1 then 2 end', { kind: 'lookup', of: 'n', pairs: [['1', '2']] }],
  ['sha256(phone)', { kind: 'hash', of: 'phone', algorithm: 'sha256', fromText: true }],
  ['md5(cast(id as varchar))', { kind: 'hash', of: 'id', algorithm: 'md5', fromText: false }],
];

describe('an expression with a form', () => {
  it.each(all)('is read and written back byte for byte: %s', (sql, shape) => {
    expect(readShape(sql)).toEqual(shape);
    expect(writeShape(shape)).toBe(sql);
  });

  it('is recognised however it is spelled', () => {
    expect(readShape(' CAST( amt AS\n DECIMAL(18, 2) ) ')).toEqual({
      kind: 'cast',
      of: 'amt',
      type: 'DECIMAL(18, 2)',
      lenient: false,
    });
    expect(readShape('cast(cast(a as int) as varchar)')).toMatchObject({ of: 'cast(a as int)' });
  });

  it.each([
    'amt * 2',
    "cast(a as int) || 'x'",
    'coalesce(a, b, c)',
    "split_part(a, '-', n)",
    'strftime(at, format)',
    'concat_ws(sep, a)',
    'case when a > 1 then 2 end',
    'case a when 1 then case b when 2 then 3 end end',
    "concat('a'",
    '',
  ])('has no form and stays SQL as it is: %s', (sql) => {
    expect(readShape(sql)).toEqual({ kind: 'sql', sql });
  });

  it('survives any text in it', () => {
    const seed = Date.now() % 1_000_000;
    const next = random(seed);
    const signs = ["'", '"', '(', ')', ',', ' as ', 'end', 'when', '中', '%', '--', '\\', ';', '1'];
    const text = () => Array.from({ length: 1 + next() * 6 }, () => pick(next, signs)).join('');
    for (let round = 0; round < 500; round++) {
      const shape = pick<Shape>(next, [
        { kind: 'format_date', of: 'a', format: text() },
        { kind: 'split', of: '"a(b"', separator: text(), index: 3 },
        { kind: 'concat', parts: ['a', textSql(text())], separator: text() },
        { kind: 'default', of: 'a', value: textSql(text()) },
        {
          kind: 'lookup',
          of: 'a',
          pairs: [[textSql(text()), textSql(text())]],
          otherwise: textSql(text()),
        },
      ]);
      expect(readShape(writeShape(shape)), `seed ${seed}`).toEqual(shape);
    }
  });
});
