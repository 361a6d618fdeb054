import { expect, test } from 'vitest';
import { connect, disconnect } from './connect';
import { read, type FlowDocument } from './flow';
import { generateFlow, pick, random, type Random } from './generate.testing';
import { parse, type Value } from './parse';
import { duplicate, paste } from './paste';
import { EditRefused } from './refused';
import { addStep, copySteps, removeSteps, renameStep, setSetting, setVerify } from './steps';
import { normalised, withLineEndings } from './text';

const FLOWS = 1_000;
const SEED = Number(process.env.SEED ?? 20261126);

const SLOW = { timeout: 300_000 };

interface Edit {
  what: string;
  touched: string[];
  text: string;
}

const TEXTS = [
  'plain',
  "it's",
  'a: b',
  '# no',
  '',
  ' spaced ',
  'x, y',
  '"q"',
  '订单',
  'null',
  '- x',
  'a\nb',
];

function someValue(next: Random): Value {
  const kind = next();
  if (kind < 0.7) return pick(next, TEXTS);
  if (kind < 0.85) return [pick(next, TEXTS), pick(next, TEXTS)];
  return new Map([
    ['a', pick(next, TEXTS)],
    [pick(next, ['b', '2024', "'*'", '列: x']), pick(next, TEXTS)],
  ]);
}

let unsafe = 0;

/** A random edit, or undefined when it was refused. */
function randomEdit(text: string, flow: FlowDocument, next: Random, nth: number): Edit | undefined {
  const names = flow.steps.map((step) => step.name);
  const a = pick(next, names);
  const b = pick(next, names);
  const consumers = flow.steps.filter((s) => s.inputs.some((i) => i.step === a)).map((s) => s.name);
  const fresh = pick(next, [`new_${nth}`, `neu-${nth}`, `新_${nth}`]);
  const word = pick(next, [
    ...(flow.steps.find((s) => s.name === a)?.settings.keys() ?? []),
    'order',
  ]);
  const step = {
    name: fresh,
    settings: new Map<string, Value>([
      ['from', a],
      ['where', pick(next, TEXTS)],
    ]),
  };
  const edits: (() => Edit)[] = [
    () => ({ what: `add ${fresh}`, touched: [fresh], text: addStep(text, step, b) }),
    () => ({ what: `remove ${a}`, touched: [a, ...consumers], text: removeSteps(text, [a]).text }),
    () => ({
      what: `rename ${a}`,
      touched: [a, fresh, ...consumers],
      text: renameStep(text, a, fresh),
    }),
    () => ({
      what: `set ${a}.${word}`,
      touched: [a],
      text: setSetting(text, a, [word], someValue(next)),
    }),
    () => ({ what: `unset ${a}.${word}`, touched: [a], text: setSetting(text, a, [word]) }),
    () => ({ what: `connect ${a} ${b}`, touched: [b], text: connect(text, a, b) }),
    () => ({ what: `disconnect ${a} ${b}`, touched: [b], text: disconnect(text, a, b) }),
    () => ({ what: 'verify', touched: [], text: setVerify(text, 'count') }),
    () => {
      const copy = duplicate(text, [a]);
      return { what: `duplicate ${a}`, touched: [...copy.names.values()], text: copy.text };
    },
  ];
  const edit = Math.floor(next() * edits.length);
  try {
    return edits[edit]!();
  } catch (refused) {
    if (refused instanceof EditRefused && refused.code === 'unsafe') unsafe++;
    if (refused instanceof EditRefused) return undefined;
    throw new Error(`edit ${edit} of ${a}.${word} to ${b}`, { cause: refused });
  }
}

/** Everything outside the touched steps must be there, byte for byte and in order. */
function untouched(text: string, touched: string[]): string[] {
  const lines = new Set<number>();
  for (const step of read(text).steps) {
    if (!touched.includes(step.name)) continue;
    const first = text.slice(0, step.range.from).split('\n').length;
    const count = text.slice(step.range.from, step.range.to).replace(/\n$/, '').split('\n').length;
    for (let i = 0; i < count; i++) lines.add(first + i);
  }
  return text
    .split(/\r?\n/)
    .filter(
      (line, i) =>
        !lines.has(i + 1) && !/^verify:|^ *after: count/.test(line) && line.trim() !== '',
    );
}

test(`${FLOWS} flows survive reading and random edits; seed ${SEED}`, SLOW, () => {
  let edited = 0;
  let refused = 0;
  for (let i = 0; i < FLOWS; i++) {
    const next = random(SEED + i);
    const { text, names } = generateFlow(next);
    const where = `seed ${SEED + i}`;
    const flow = read(text);
    expect(flow.problems, `${where}\n${text}`).toEqual([]);
    expect(
      flow.steps.map((step) => step.name),
      where,
    ).toEqual(names);
    const past: string[] = [text];
    for (let n = 0; n < 6; n++) {
      const now = past.at(-1)!;
      const document = read(now);
      if (document.steps.length === 0) break;
      const edit = guardedEdit(now, document, next, n, where);
      if (!edit) {
        refused++;
        continue;
      }
      edited++;
      const message = `${where}, ${edit.what}\n--- before\n${now}\n--- after\n${edit.text}`;
      expect(parse(edit.text).doc.errors, message).toEqual([]);
      expect(untouched(edit.text, edit.touched), message).toEqual(untouched(now, edit.touched));
      past.push(edit.text);
    }
  }
  console.log(`seed ${SEED}: ${edited} edits made, ${refused} refused, ${unsafe} of them unsafe`);
  // What two neighbours cannot say side by side, such as `|+` before an empty line, is refused.
  expect(unsafe).toBeLessThan(edited / 500);
  expect(edited).toBeGreaterThan(FLOWS * 3);
});

function guardedEdit(text: string, flow: FlowDocument, next: Random, n: number, where: string) {
  try {
    return randomEdit(text, flow, next, n);
  } catch (error) {
    throw new Error(`${where}: ${String(error)}\n${text}`, { cause: error });
  }
}

test(`an edit taken back by its opposite leaves the same bytes; seed ${SEED}`, SLOW, () => {
  let checked = 0;
  for (let i = 0; i < FLOWS; i++) {
    const next = random(SEED + 7_000_000 + i);
    const { text, names } = generateFlow(next);
    const where = `seed ${SEED + 7_000_000 + i}\n${text}`;
    const a = pick(next, names);
    const added = addStep(text, { name: 'new', settings: new Map([['from', a]]) }, a);
    expect(removeSteps(added, ['new']).text, where).toBe(text);
    const renamed = renameStep(text, a, 'other_name');
    expect(
      read(renamed).steps.some((s) => s.inputs.some((one) => one.step === a)),
      where,
    ).toBe(false);
    const back = renameStep(renamed, 'other_name', a);
    expect(back, where).toBe(text);
    const step = read(text).steps.find((one) => one.name === a)!;
    for (const [word, value] of step.settings) {
      expect(setSetting(text, a, [word], value), where).toBe(text);
      if (typeof value !== 'string' || value.includes('\n')) continue;
      const changed = setSetting(text, a, [word], `${value} z`);
      if (step.kind !== 'sql') expect(setSetting(changed, a, [word], value), where).toBe(text);
      checked++;
    }
  }
  expect(checked).toBeGreaterThan(FLOWS);
});

test(`steps pasted into another flow say the same there; seed ${SEED}`, () => {
  for (let i = 0; i < 300; i++) {
    const next = random(SEED + 9_000_000 + i);
    const source = generateFlow(next);
    const target = generateFlow(next);
    const where = `seed ${SEED + 9_000_000 + i}\n${source.text}\n---\n${target.text}`;
    const taken = source.names.slice(0, 3);
    const yaml = copySteps(source.text, taken);
    const pasted = pasteHere(target.text, yaml, target.names[0]!, where);
    expect([...pasted.names.keys()], where).toEqual(taken);
    const after = read(pasted.text);
    expect(after.steps.length, where).toBe(target.names.length + taken.length);
    for (const [old, name] of pasted.names) {
      const from = read(source.text).steps.find((step) => step.name === old)!;
      const to = after.steps.find((step) => step.name === name)!;
      expect(to.kind, where).toBe(from.kind);
      expect(
        to.inputs.map((one) => one.step),
        where,
      ).toEqual(from.inputs.map((one) => pasted.names.get(one.step) ?? one.step));
    }
  }
});

test(`an editor that knows only line feeds changes no other line; seed ${SEED}`, () => {
  for (let i = 0; i < 500; i++) {
    const next = random(SEED + i);
    const mixed = generateFlow(next).text.replace(/\n/g, () => (next() < 0.5 ? '\r\n' : '\n'));
    const plain = normalised(mixed);
    expect(withLineEndings(mixed, plain)).toBe(mixed);
    const at = Math.floor(next() * plain.length);
    const edited = `${plain.slice(0, at)}new\nline${plain.slice(at + 3)}`;
    const after = withLineEndings(mixed, edited);
    expect(normalised(after), `seed ${SEED + i}`).toBe(edited);
    expect(after.length).toBeGreaterThanOrEqual(mixed.length);
  }
});

function pasteHere(text: string, yaml: string, after: string, where: string) {
  try {
    return paste(text, yaml, after);
  } catch (error) {
    throw new Error(`${where}\n--- pasted\n${yaml}`, { cause: error });
  }
}
