import { expect, it } from 'vitest';
import { goneColumns, replaceColumn } from './gone';

const TEXT = `flow: f
steps:
  buyer:
    read: shop.buyer
  mapped:
    from: buyer
    map:
      no: buyer_no
      credit: credit_limit   # in euro
      large: credit_limit > 1000 and buyer_no <> 'credit_limit'
`;
const column = (name: string) => ({ name, type: 'text' });
const NOW = ['buyer_no', 'email', 'credit_ceiling'].map(column);

it('finds what is gone, where it is used and what it became', () => {
  expect(goneColumns(TEXT, 'mapped', NOW)).toEqual([
    {
      step: 'mapped',
      name: 'credit_limit',
      targets: ['credit', 'large'],
      likely: ['credit_ceiling'],
    },
  ]);
});

it('finds nothing when all is there, or nothing is known', () => {
  expect(goneColumns(TEXT, 'mapped', [...NOW, column('credit_limit')])).toEqual([]);
  expect(goneColumns(TEXT, 'mapped', [])).toEqual([]);
});

it('offers nothing that is not like it', () => {
  const [gone] = goneColumns(TEXT, 'mapped', ['buyer_no', 'x'].map(column));
  expect(gone?.likely).toEqual([]);
});

it('replaces it everywhere and touches nothing else', () => {
  const [gone] = goneColumns(TEXT, 'mapped', NOW);
  expect(replaceColumn(TEXT, gone!, 'credit_ceiling')).toBe(
    TEXT.replace('credit: credit_limit ', 'credit: credit_ceiling ').replace(
      'credit_limit > 1000',
      'credit_ceiling > 1000',
    ),
  );
});
