import type { Setting } from './channelKinds';

/** What each rule watches for, and the bounds it can be given, under the words they are kept. */
export const RULE_SETTINGS: Record<string, Setting[]> = {
  failure: [{ name: 'after', shape: 'text', example: '1' }],
  late: [
    { name: 'by', shape: 'text', example: '08:30' },
    { name: 'zone', shape: 'text', example: 'Asia/Shanghai' },
    { name: 'longer_than_minutes', shape: 'text', example: '120' },
  ],
  rejects: [
    { name: 'count', shape: 'text', example: '100' },
    { name: 'percent', shape: 'text', example: '1' },
  ],
  rows_band: [
    { name: 'min', shape: 'text', example: '1000' },
    { name: 'max', shape: 'text', example: '200000' },
    { name: 'learn', shape: 'text', example: '14' },
    { name: 'spread', shape: 'text', example: '4' },
  ],
  drift: [],
  freshness: [{ name: 'minutes', shape: 'text', example: '1440' }],
  quota: [{ name: 'percent', shape: 'text', example: '80' }],
};

/** What every rule can be given: reminding, and telling others when nobody has mended it. */
export const SHARED_SETTINGS: Setting[] = [
  { name: 'remind_minutes', shape: 'text', example: '60' },
  { name: 'escalate_minutes', shape: 'text', example: '30' },
];

export const RULE_EVENTS = Object.keys(RULE_SETTINGS);
const NUMBER = /^-?\d+(\.\d+)?$/;

/** Settings as they are sent: of the event alone, numbers as numbers, what is empty left out. */
export function settingsOf(event: string, settings: Record<string, unknown>) {
  // A time of day is the reader's own, unless another zone is named.
  const zoned =
    event === 'late' && settings['by'] && !settings['zone']
      ? { ...settings, zone: Intl.DateTimeFormat().resolvedOptions().timeZone }
      : settings;
  const known = [...(RULE_SETTINGS[event] ?? []), ...SHARED_SETTINGS].map(({ name }) => name);
  return Object.fromEntries(
    Object.entries(zoned)
      .filter(([name]) => known.includes(name) || name === 'escalate_to')
      .filter(([, value]) => value !== undefined && value !== null && value !== '')
      .filter(([, value]) => !Array.isArray(value) || value.length > 0)
      .map(([name, value]) => [
        name,
        typeof value === 'string' && NUMBER.test(value) ? Number(value) : value,
      ]),
  );
}
