import type { Setting } from './channelKinds';

/** What each rule watches for, and the bounds it can be given; all of them may stay empty. */
export const RULE_SETTINGS: Record<string, Setting[]> = {
  failure: [],
  late: [
    { name: 'by', shape: 'text', example: '08:00' },
    { name: 'longer_than', shape: 'text', example: '2h' },
  ],
  rejects: [
    { name: 'count', shape: 'text', example: '100' },
    { name: 'percent', shape: 'text', example: '1' },
  ],
  rows_band: [
    { name: 'min', shape: 'text', example: '1000' },
    { name: 'max', shape: 'text', example: '200000' },
    { name: 'runs', shape: 'text', example: '14' },
  ],
  drift: [],
  freshness: [{ name: 'within', shape: 'text', example: '24h' }],
  quota: [{ name: 'percent', shape: 'text', example: '80' }],
};

export const RULE_EVENTS = Object.keys(RULE_SETTINGS);
const NUMBER = /^-?\d+(\.\d+)?$/;

/** Settings as they are sent: numbers as numbers, what is empty left out. */
export function settingsOf(settings: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(settings)
      .filter(([, value]) => value !== undefined && value !== '')
      .map(([name, value]) => [
        name,
        typeof value === 'string' && NUMBER.test(value) ? Number(value) : value,
      ]),
  );
}
