import { describe, expect, it } from 'vitest';
import { isWorkday, monthsOf, movedBy, rangesOf, toggled, weekday, type Days } from './days';

describe('the days of a calendar', () => {
  it('knows the week', () => {
    expect(weekday('2026-11-23')).toBe(0);
    expect(weekday('2026-11-29')).toBe(6);
  });

  it('has every day of a leap year once', () => {
    const days = monthsOf(2028).flat();
    expect(new Set(days).size).toBe(366);
    expect(days).toContain('2028-02-29');
    expect(days.at(-1)).toBe('2028-12-31');
  });

  it('keeps only what differs from the week', () => {
    const off = toggled({}, '2026-10-01');
    expect(off).toEqual({ '2026-10-01': 'holiday' });
    expect(toggled(off, '2026-10-01')).toEqual({});
    const on = toggled({}, '2026-10-10');
    expect(on).toEqual({ '2026-10-10': 'workday' });
    expect(isWorkday(on, '2026-10-10')).toBe(true);
    // A Saturday that is called a holiday is one anyway; the first click lets people work on it.
    expect(toggled({ '2026-10-03': 'holiday' }, '2026-10-03')).toEqual({ '2026-10-03': 'workday' });
  });

  it('joins days that follow each other, within a year', () => {
    const days: Days = {
      '2025-12-31': 'holiday',
      '2026-01-01': 'holiday',
      '2026-02-28': 'holiday',
      '2026-03-01': 'holiday',
      '2026-03-03': 'holiday',
      '2026-03-02': 'workday',
    };
    expect(rangesOf(days, 'holiday', 2026)).toEqual([
      { from: '2026-01-01', to: '2026-01-01' },
      { from: '2026-02-28', to: '2026-03-01' },
      { from: '2026-03-03', to: '2026-03-03' },
    ]);
  });

  it('moves by keys and stays in the year', () => {
    expect(movedBy('ArrowDown', '2026-02-25')).toBe('2026-03-04');
    expect(movedBy('ArrowLeft', '2026-01-01')).toBeUndefined();
    expect(movedBy('Enter', '2026-01-05')).toBeUndefined();
  });
});
