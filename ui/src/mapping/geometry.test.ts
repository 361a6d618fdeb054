import { describe, expect, it } from 'vitest';
import { curve, endOf, isDrawn, pointer, scrollTo, visible } from './geometry';

const pane = { scroll: 100, height: 200, row: 40 };

describe('the end of a line', () => {
  it('stands in the middle of its row while that is in view', () => {
    expect(endOf(3, pane)).toEqual({ y: 40, off: undefined });
  });

  it('stays at the edge its row was scrolled over, and points there', () => {
    const above = endOf(0, pane);
    const below = endOf(50, pane);
    expect(above).toEqual({ y: 7, off: 'above' });
    expect(below).toEqual({ y: 193, off: 'below' });
    expect(pointer(10, above)).toBe('M6 7L14 7L10 2Z');
    expect(pointer(10, below)).toBe('M6 193L14 193L10 198Z');
  });

  it('is drawn with its line while one of both is in view', () => {
    const seen = endOf(3, pane);
    expect(isDrawn(seen, endOf(50, pane))).toBe(true);
    expect(isDrawn(endOf(0, pane), endOf(50, pane))).toBe(false);
    expect(curve(10, 20, 100)).toBe('M0 10C50 10 50 20 100 20');
  });
});

describe('a list', () => {
  it('draws what is in view and a little more', () => {
    expect(visible(300, pane, 2)).toEqual({ first: 0, last: 10 });
    expect(visible(300, { ...pane, scroll: 4000 }, 2)).toEqual({ first: 98, last: 107 });
    expect(visible(3, pane, 2)).toEqual({ first: 0, last: 3 });
    expect(visible(0, pane)).toEqual({ first: 0, last: 0 });
  });

  it('scrolls no further than needed', () => {
    expect(scrollTo(3, pane)).toBe(100);
    expect(scrollTo(1, pane)).toBe(40);
    expect(scrollTo(10, pane)).toBe(240);
  });
});
