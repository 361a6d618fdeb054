import { describe, expect, it } from 'vitest';
import { choiceOf, cronOf, FIRST, PRESETS, type CronChoice } from './cron';

const SEED = 20261126;

/** A small generator of our own, so that a failure can be seen again. */
function random(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (state * 1664525 + 1013904223) >>> 0;
    return state % below;
  };
}

describe('cron', () => {
  it('returns every choice it has written', () => {
    const next = random(SEED);
    for (let round = 0; round < 500; round++) {
      const preset = PRESETS[next(PRESETS.length - 1)] ?? 'daily';
      const choice: CronChoice = {
        ...FIRST,
        preset,
        minute: next(60),
        hour: next(24),
        every: 1 + next(59),
        weekdays: [1 + next(7)],
        days: [1 + next(31)],
      };
      const text = cronOf(choice);
      const back = choiceOf(text);
      expect(back.preset, `seed ${SEED}, ${text}`).toBe(preset);
      expect(cronOf(back), `seed ${SEED}`).toBe(text);
    }
  });

  it.each(['0 2 1-7 * 1', '0 0 29 2 *', '*/5 8-18 * * *', '0 2', '0 0 2 * * *', 'not cron'])(
    'leaves what no preset says as a text: %s',
    (text) => {
      expect(choiceOf(text)).toMatchObject({ preset: 'custom', text });
      expect(cronOf(choiceOf(text))).toBe(text);
    },
  );

  it('knows both Sundays', () => {
    expect(choiceOf('0 2 * * 0').weekdays).toEqual([7]);
    expect(choiceOf('30 9 * * 1-5')).toMatchObject({ preset: 'workdays', minute: 30, hour: 9 });
  });
});
