import { describe, expect, it } from 'vitest';
import { read } from '../../document/flow';
import { lastWord, likelyMode, moveName, moveText, stepNames } from './moveText';

const MOVE = {
  name: 'buyer-to-support',
  from: 'shop.sales.buyer',
  to: 'support.customer',
  entries: new Map([
    ['customer_no', 'buyer_no'],
    ['credit', 'cast(credit_limit as decimal(12,2))'],
  ]),
  mode: 'upsert' as const,
  key: ['customer_no'],
};

describe('moveText', () => {
  it('writes an ordinary flow that is verified', () => {
    expect(moveText(MOVE)).toBe(`flow: buyer-to-support
steps:
  buyer:
    read: shop.sales.buyer
  mapped:
    from: buyer
    map:
      customer_no: buyer_no
      credit: cast(credit_limit as decimal(12,2))
  customer:
    from: mapped
    write: support.customer
    mode: upsert
    key:
      - customer_no
verify:
  after: full
`);
  });

  it('is read back as it was meant, whatever the columns are called', () => {
    const entries = new Map([
      ['yes', '"select"'],
      ['客户 编号', "'a: #b'"],
      ['7', '1'],
    ]);
    const flow = read(moveText({ ...MOVE, entries, mode: 'append' }));
    expect(flow.steps.map(({ name }) => name)).toEqual(['buyer', 'mapped', 'customer']);
    const map = flow.steps[1]?.settings.get('map');
    expect([...(map as Map<string, string>)]).toEqual([...entries]);
    expect(flow.steps[2]?.settings.has('key')).toBe(false);
  });
});

describe('names', () => {
  it('never gives two steps the same', () => {
    expect(stepNames({ from: 'a.s.t', to: 'b.T' })).toEqual(['t', 'T_written']);
    expect(stepNames({ from: 'a.mapped', to: 'b.Mapped' })).toEqual([
      'mapped_read',
      'Mapped_written',
    ]);
  });

  it('takes the last word of a dataset', () => {
    expect(lastWord('sales.订单')).toBe('订单');
    expect(lastWord('in/2025 orders.csv')).toBe('2025_orders');
    expect(lastWord('')).toBe('rows');
  });

  it('is free', () => {
    expect(moveName('a.t', 'b.u', [])).toBe('t-to-b');
    expect(moveName('a.t', 'b.u', ['t-to-b', 't-to-b-2'])).toBe('t-to-b-3');
  });
});

it('writes over rows of the same key only when the key is mapped', () => {
  expect(likelyMode(false, ['customer_no'], MOVE.entries)).toBe('upsert');
  expect(likelyMode(false, ['id'], MOVE.entries)).toBe('append');
  expect(likelyMode(false, [], MOVE.entries)).toBe('append');
  expect(likelyMode(true, [], MOVE.entries)).toBe('replace');
});
