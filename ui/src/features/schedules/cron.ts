export type Preset = 'minutes' | 'hourly' | 'daily' | 'workdays' | 'weekly' | 'monthly' | 'custom';
export type CronChoice = {
  preset: Preset;
  minute: number;
  hour: number;
  /** Every so many minutes. */
  every: number;
  /** Days of the week, 1 (Monday) to 7 (Sunday). */
  weekdays: number[];
  /** Days of the month. */
  days: number[];
  text: string;
};

export const PRESETS: Preset[] = [
  'daily',
  'workdays',
  'weekly',
  'monthly',
  'hourly',
  'minutes',
  'custom',
];
export const FIRST: CronChoice = {
  preset: 'daily',
  minute: 0,
  hour: 2,
  every: 15,
  weekdays: [1],
  days: [1],
  text: '0 2 * * *',
};

const list = (numbers: number[], fallback: number) =>
  (numbers.length > 0 ? [...numbers] : [fallback]).sort((a, b) => a - b).join(',');

/** The cron text of a choice: minute, hour, day of the month, month, day of the week. */
export function cronOf(choice: CronChoice): string {
  const { minute, hour } = choice;
  switch (choice.preset) {
    case 'minutes':
      return `*/${choice.every} * * * *`;
    case 'hourly':
      return `${minute} * * * *`;
    case 'daily':
      return `${minute} ${hour} * * *`;
    case 'workdays':
      return `${minute} ${hour} * * 1-5`;
    case 'weekly':
      return `${minute} ${hour} * * ${list(choice.weekdays, 1)}`;
    case 'monthly':
      return `${minute} ${hour} ${list(choice.days, 1)} * *`;
    case 'custom':
      return choice.text.trim();
  }
}

const NUMBER = /^\d{1,2}$/;
const NUMBERS = /^\d{1,2}(,\d{1,2})*$/;
const numbers = (text: string) => text.split(',').map(Number);
/** Cron's Sunday is 0 or 7; ours is 7. */
const weekday = (day: number) => (day === 0 ? 7 : day);

/** The choice a cron text was made from; what no preset says stays a text. */
export function choiceOf(text: string): CronChoice {
  const custom: CronChoice = { ...FIRST, preset: 'custom', text };
  const [minute = '', hour = '', day = '', month = '', week = '', more] = text.trim().split(/\s+/);
  if (more !== undefined || month !== '*') return custom;
  const every = /^\*\/(\d{1,2})$/.exec(minute);
  if (every && [hour, day, week].every((part) => part === '*')) {
    return { ...custom, preset: 'minutes', every: Number(every[1]) };
  }
  if (!NUMBER.test(minute)) return custom;
  const timed = { ...custom, minute: Number(minute) };
  if (hour === '*' && day === '*' && week === '*') return { ...timed, preset: 'hourly' };
  if (!NUMBER.test(hour)) return custom;
  const daily = { ...timed, hour: Number(hour) };
  if (day === '*' && week === '*') return { ...daily, preset: 'daily' };
  if (day === '*' && week === '1-5') return { ...daily, preset: 'workdays' };
  if (day === '*' && NUMBERS.test(week)) {
    return { ...daily, preset: 'weekly', weekdays: numbers(week).map(weekday) };
  }
  if (week === '*' && NUMBERS.test(day)) return { ...daily, preset: 'monthly', days: numbers(day) };
  return custom;
}
