import { expect, it } from 'vitest';
import { read } from '../document/flow';
import { generateFlow, pick, random } from '../document/generate.testing';
import { duplicate } from '../document/paste';
import { EditRefused } from '../document/refused';
import { removeSteps, renameStep } from '../document/steps';
import { begin, changed, redone, undone, type Draft } from './history';
import { moved } from './layout';

const SLOW = { timeout: 60_000 };
const SEED = Number(process.env.SEED ?? 11);

function attempt(edit: () => Draft): Draft | undefined {
  try {
    return edit();
  } catch (refused) {
    if (refused instanceof EditRefused) return undefined;
    throw refused;
  }
}

it(`gives back the same bytes and places, all the way and again; seed ${SEED}`, SLOW, () => {
  let made = 0;
  for (let i = 0; i < 200; i++) {
    const next = random(SEED + i);
    let history = begin({ text: generateFlow(next).text, layout: {} });
    const drafts: Draft[] = [history.present];
    for (let n = 0; n < 8; n++) {
      const { text, layout } = history.present;
      const names = read(text).steps.map((step) => step.name);
      if (names.length === 0) break;
      const name = pick(next, names);
      const draft = attempt(
        pick(next, [
          () => ({ text, layout: moved(layout, { [name]: { x: n, y: i } }) }),
          () => ({ text: renameStep(text, name, `mine-${n}`), layout }),
          () => ({ text: duplicate(text, [name]).text, layout }),
          () => ({ text: removeSteps(text, [name]).text, layout }),
        ]),
      );
      if (!draft) continue;
      if (draft.layout !== layout) expect(draft.text).toBe(text);
      history = changed(history, draft);
      drafts.push(history.present);
      made++;
    }
    for (const draft of drafts.slice(0, -1).toReversed()) {
      history = undone(history);
      expect(history.present, `seed ${SEED + i}`).toBe(draft);
    }
    expect(undone(history)).toBe(history);
    for (const draft of drafts.slice(1)) {
      history = redone(history);
      expect(history.present, `seed ${SEED + i}`).toBe(draft);
    }
  }
  expect(made).toBeGreaterThan(800);
});

it('takes back typing in one go, and forgets what was undone when something else is done', () => {
  const layout = {};
  let history = begin({ text: 'a', layout });
  history = changed(history, { text: 'ab', layout }, 'typing');
  history = changed(history, { text: 'abc', layout }, 'typing');
  history = changed(history, { text: 'abcd', layout });
  expect(undone(undone(history)).present.text).toBe('a');
  history = changed(undone(history), { text: 'x', layout });
  expect(redone(history)).toBe(history);
  expect(changed(history, { text: 'x', layout })).toBe(history);
});
