import type { DayKind } from '../../client/types';

/** Arithmetic on the days of a calendar. Days are texts such as `2026-10-01`; no zone has a say. */
export type Days = Readonly<Record<string, DayKind>>;

const DAY_MS = 86_400_000;
const MONTHS = 12;
const WEEK = 7;

const textOf = (time: number) => new Date(time).toISOString().slice(0, 10);
const timeOf = (day: string) => Date.parse(`${day}T00:00:00Z`);

export function plusDays(day: string, count: number): string {
  return textOf(timeOf(day) + count * DAY_MS);
}

/** 0 for Monday to 6 for Sunday. */
export function weekday(day: string): number {
  return (new Date(timeOf(day)).getUTCDay() + WEEK - 1) % WEEK;
}

export const isWeekend = (day: string) => weekday(day) > 4;

/** The days of each month of a year, in order. */
export function monthsOf(year: number): string[][] {
  return Array.from({ length: MONTHS }, (_, month) => {
    const count = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
    return Array.from({ length: count }, (_, at) => textOf(Date.UTC(year, month, at + 1)));
  });
}

export function isWorkday(days: Days, day: string): boolean {
  return days[day] ? days[day] === 'workday' : !isWeekend(day);
}

/** A working day becomes a day off and the other way round; what is as the week has it, is not kept. */
export function toggled(days: Days, day: string): Days {
  const { [day]: _old, ...others } = days;
  const works = !isWorkday(days, day);
  if (works === !isWeekend(day)) return others;
  return { ...others, [day]: works ? 'workday' : 'holiday' };
}

export type Range = { from: string; to: string };

/** Days of one kind in a year, those that follow each other as one. */
export function rangesOf(days: Days, kind: DayKind, year: number): Range[] {
  const ranges: Range[] = [];
  const own = Object.keys(days)
    .filter((day) => days[day] === kind && day.startsWith(`${year}-`))
    .sort();
  for (const day of own) {
    const last = ranges.at(-1);
    if (last && plusDays(last.to, 1) === day) last.to = day;
    else ranges.push({ from: day, to: day });
  }
  return ranges;
}

/** Where a key leads from a day; undefined when it leads nowhere within the year. */
export function movedBy(key: string, day: string): string | undefined {
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -WEEK, ArrowDown: WEEK }[key];
  if (step === undefined) return undefined;
  const to = plusDays(day, step);
  return to.slice(0, 4) === day.slice(0, 4) ? to : undefined;
}
