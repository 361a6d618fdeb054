import { describe, expect, it } from 'vitest';
import { pick, random } from '../document/generate.testing';
import { removeMapEntry, setMapEntry } from '../document/steps';
import { clearAll, setAll } from './bulk';
import { readMapping } from './state';

const looks = {
  block: `steps:
  m:
    from: a
    map:
      # the number
      a: x   # kept
      "b c": 'y'

      c: "cast(z as int)"
      d: |-
        case x
        when 1 then 2 end
      '*': keep
  w: {from: m, write: t.u}
`,
  flow: `steps:\n  m: {from: a, map: {a: x, b c: 'y', c: "cast(z as int)", '*': keep}}\n`,
  empty: `steps:\n  m:\n    from: a\n    map: {}\n`,
  open: `steps:\r\n  m:\r\n    from: a\r\n    map:\r\n      a: x\r\n      b c: y`,
};
const expressions = ['x', "'it''s'", 'cast(a as decimal(18,2))', '"q c"', 'a: b', 'null', '{a}'];
/** Whether a blank line or `{}` stays behind is left to either way. */
const plain = (text: string) => text.replace(/\n\n/g, '\n').replace(/ \{\}/g, '');
const names = ['a', 'b c', 'c', 'd', 'e', '客户', 'f: g'];

describe.each(Object.entries(looks))('many entries at once, %s', (_, text) => {
  it('are set as they would be one by one', () => {
    const seed = Date.now() % 1_000_000;
    const next = random(seed);
    for (let round = 0; round < 40; round++) {
      const chosen = names.filter(() => next() < 0.5);
      const wanted = new Map(chosen.map((name) => [name, pick(next, expressions)]));
      let slow = text;
      for (const [name, sql] of wanted) slow = setMapEntry(slow, 'm', 'map', name, sql);
      expect(setAll(text, 'm', wanted), `seed ${seed}`).toBe(slow);
    }
  });

  it('are cleared as they would be one by one', () => {
    for (const gone of [['a', 'b c'], ['b c', 'c'], ['a'], ['c', 'd'], names]) {
      const { entries } = readMapping(text, 'm');
      const there = gone.filter((name) => entries.has(name));
      let slow = text;
      for (const name of there) slow = removeMapEntry(slow, 'm', 'map', name);
      expect(plain(clearAll(text, 'm', gone))).toBe(plain(slow));
    }
  });
});
