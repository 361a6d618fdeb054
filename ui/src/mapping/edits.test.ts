import { describe, expect, it } from 'vitest';
import type { FieldInfo, Proposal } from '../client/types';
import {
  accepting,
  byName,
  byOrder,
  clearTargets,
  remap,
  setExpression,
  setExpressions,
  setKeep,
} from './edits';
import { mappingGaps } from './gaps';
import { successors } from './likely';
import { inputOf, targetsOf, upstreamOf } from './road';
import { linesOf, readMapping, rowsOf, usesOf, type Known } from './state';

const text = `flow: orders-to-crm
steps:
  orders: {read: erp.sales.sales_order}
  mapped:
    from: orders
    map:
      order_no: so_no        # 单号
      amount: "cast(amt as decimal(18,2))"
      source: "'erp'"
      customer: cust_no
  checked:
    from: mapped
    expect: [{column: order_no, not_null: true}]
  crm_orders: {from: checked, write: crm.sales_order, mode: append}
  other: {read: erp.x}
`;

const field = (name: string, type = 'text', more: Partial<FieldInfo> = {}): FieldInfo => {
  return { name, type, nullable: true, comment: null, samples: [], key: false, ...more };
};
const sources = [field('so_no'), field('amt', 'float64'), field('customer_no'), field('day')];
const targets = [
  field('order_no', 'text', { nullable: false }),
  field('amount', 'decimal(18,2)'),
  field('customer', 'int64', { nullable: false }),
  field('source'),
  field('day', 'date', { nullable: false }),
];
const proposal = (target: string, source: string, score: number): Proposal => {
  return { target, source, score, band: 'suggest', reasons: [], alternatives: [] };
};
const known: Known = {
  sources,
  targets,
  proposals: new Map([['day', proposal('day', 'day', 93)]]),
  types: { amount: 'decimal(18,2)' },
};
const rows = (of = text, more: Partial<Known> = {}) =>
  rowsOf(readMapping(of, 'mapped'), { ...known, ...more });
const fates = (of?: string, more?: Partial<Known>) => {
  return Object.fromEntries(rows(of, more).map(({ name, fate }) => [name, fate]));
};

describe('the state of a mapping', () => {
  it('says what becomes of every target column', () => {
    expect(fates()).toEqual({
      order_no: 'complete',
      amount: 'transformed',
      customer: 'missing',
      source: 'constant',
      day: 'required',
    });
    expect(fates(text, { types: { amount: 'float64' } })['amount']).toBe('unsafe');
    expect(rows()[2]).toMatchObject({ missing: ['cust_no'], sources: [] });
  });

  it('draws a line for each source of a target, and proposals where there is none', () => {
    expect(linesOf(rows())).toEqual([
      { source: 'so_no', target: 'order_no', kind: 'complete' },
      { source: 'amt', target: 'amount', kind: 'transformed' },
      { source: 'day', target: 'day', kind: 'proposed' },
    ]);
  });

  it('shows the columns that are kept', () => {
    const kept = setKeep(text, 'mapped', true);
    expect(kept).toContain(`      '*': keep\n`);
    expect(fates(kept)['day']).toBe('unsafe'); // text into a date
    const free = rowsOf(readMapping(kept, 'mapped'), { ...known, targets: undefined });
    const names = free.map(({ name, fate }) => `${name} ${fate}`);
    expect(names).toContain('day kept');
    expect(names).toContain('customer_no kept');
    expect(names.join()).not.toContain('so_no');
    expect(setKeep(kept, 'mapped', false)).toBe(text);
  });

  it('does not call a column missing while the source is unknown', () => {
    expect(fates(text, { sources: [] })['customer']).not.toBe('missing');
  });

  it('counts required targets without a value', () => {
    expect(mappingGaps(text, 'mapped', targets)).toEqual(['day']);
    const kept = setKeep(text, 'mapped', true);
    expect(mappingGaps(kept, 'mapped', targets)).toEqual([]);
    expect(mappingGaps(kept, 'mapped', targets, ['so_no'])).toEqual(['day']);
    expect(mappingGaps(kept, 'mapped', targets, ['day'])).toEqual([]);
  });
});

describe('commands', () => {
  it('change only their own entry', () => {
    const next = setExpression(text, 'mapped', 'customer', 'customer_no');
    expect(next).toBe(text.replace('customer: cust_no', 'customer: customer_no'));
    expect(clearTargets(text, 'mapped', ['source'])).toBe(
      text.replace(`      source: "'erp'"\n`, ''),
    );
    expect(clearTargets(text, 'mapped', ['gone'])).toBe(text);
  });

  it('do many at once and leave comments alone', () => {
    const accepted = accepting(rows(), sources, ({ score }) => score >= 90);
    expect([...accepted]).toEqual([['day', 'cast(day as date)']]);
    const next = setExpressions(text, 'mapped', new Map([...accepted, ['x', 'so_no']]));
    expect(next).toContain('# 单号');
    expect([...readMapping(next, 'mapped').entries.keys()].slice(-2)).toEqual(['day', 'x']);
    expect(clearTargets(next, 'mapped', ['day', 'x'])).toBe(text);
    const empty = clearTargets(text, 'mapped', [...readMapping(text, 'mapped').entries.keys()]);
    expect(readMapping(empty, 'mapped').entries.size).toBe(0);
    expect(readMapping(setExpression(empty, 'mapped', 'a', 'b'), 'mapped').entries.get('a')).toBe(
      'b',
    );
  });

  it('maps by name and by order, only what is open', () => {
    expect([...byName(rows(), sources)]).toEqual([['day', 'cast(day as date)']]);
    expect([...byOrder(rows(), sources, usesOf(rows()))]).toEqual([
      ['customer', 'cast(customer_no as bigint)'],
      ['day', 'cast(day as date)'],
    ]);
  });

  it('re-maps a column that was renamed, keeping the expression around it', () => {
    const row = rows()[2]!;
    expect(successors('cust_no', sources, usesOf(rows()), undefined)[0]).toBe('customer_no');
    expect(remap(text, 'mapped', row, 'cust_no', 'customer_no')).toBe(
      text.replace('customer: cust_no', 'customer: customer_no'),
    );
    const wrapped = setExpression(text, 'mapped', 'customer', 'coalesce(cust_no, 0)');
    expect(remap(wrapped, 'mapped', rows(wrapped)[2]!, 'cust_no', 'customer_no')).toContain(
      'customer: coalesce(customer_no, 0)',
    );
  });
});

describe('the road of a mapping', () => {
  it('finds its input and the datasets that get its columns', () => {
    expect(inputOf(text, 'mapped')).toBe('orders');
    expect(targetsOf(text, 'mapped')).toEqual([{ step: 'crm_orders', dataset: 'crm.sales_order' }]);
    expect(targetsOf(text, 'other')).toEqual([]);
  });

  it('knows what the input depends on', () => {
    expect(upstreamOf(text, 'orders')).toBe('  orders: {read: erp.sales.sales_order}\n');
    expect(upstreamOf(setExpression(text, 'mapped', 'a', 'b'), 'orders')).toBe(
      upstreamOf(text, 'orders'),
    );
  });
});

it('writes a mapping that has just been begun one column a line', () => {
  const begun = 'flow: f\nsteps:\n  a: {read: erp.a}\n  m:\n    from: a\n    map: {}\n';
  const filled = begun.replace(' {}', '\n      x: y\n      z: trim(q)');
  const both = new Map([
    ['x', 'y'],
    ['z', 'trim(q)'],
  ]);
  expect(setExpressions(begun, 'm', both)).toBe(filled);
  expect(setExpression(setExpression(begun, 'm', 'x', 'y'), 'm', 'z', 'trim(q)')).toBe(filled);
});
