import { isMap, type YAMLMap } from 'yaml';
import { insertEntry, renameEntry } from './entries';
import { findStep, read, type FlowDocument, type Input, type Step } from './flow';
import { guarded, reads } from './guard';
import { checkName } from './names';
import { keyOf, nodeAt, pairsOf, parseToEdit, type Entries, type Path, type Value } from './parse';
import { consumersOf, repoint } from './references';
import { EditRefused } from './refused';
import { pairRegion } from './regions';
import { styleOf } from './style';
import { orderAt, removeAt, setAt, withoutBraces } from './tree';
import { stepLines } from './write';

/**
 * Edits of a flow: from a text to a text in which only what was meant is different. What cannot be
 * done without harm throws EditRefused and says why.
 */

const STEPS_MAX = 1_000;

export interface NewStep {
  name: string;
  settings: Entries;
  /** Its own lines without indentation, comments and all, where it comes from another text. */
  lines?: readonly string[];
}

/** Puts a step behind another one, or at the end. */
export function addStep(text: string, step: NewStep, after?: string): string {
  const flow = read(text);
  checkName(flow, step.name);
  if (flow.steps.length >= STEPS_MAX) throw new EditRefused('step_limit', { max: STEPS_MAX });
  const opened = withoutBraces(text, ['steps']);
  if (opened !== text) return guarded(text, addStep(opened, step, after), [step.name]);
  const parsed = parseToEdit(text);
  const map = nodeAt(parsed, ['steps']);
  const path = ['steps', step.name];
  if (!isMap(map) || (map.items.length === 0 && !map.flow)) {
    if (typeof readRaw(text) === 'string') throw new EditRefused('unreadable_steps');
    return done(text, setAt(text, ['steps'], new Map([[step.name, step.settings]])), step);
  }
  const names = pairsOf(map).map(keyOf);
  const found = after === undefined ? -1 : names.indexOf(after);
  const index = found < 0 ? names.length : found + 1;
  const beside = flow.steps[Math.max(0, index - 1)] ?? flow.steps[0];
  const next = insertEntry(parsed, ['steps'], {
    key: step.name,
    value: step.settings,
    index,
    spaced: isSpaced(map, text),
    lines: (indent) =>
      step.lines?.map((line) => (line === '' ? '' : ' '.repeat(indent) + line)) ??
      stepLines(step.name, step.settings, indent, styleOf(parsed), beside?.flow ?? false),
  });
  reads(next, path, step.settings);
  return guarded(text, next, [step.name]);
}

function done(before: string, after: string, step: NewStep): string {
  return guarded(before, reads(after, ['steps', step.name], step.settings), [step.name]);
}

function readRaw(text: string): Value | undefined {
  const parsed = parseToEdit(text);
  const node = nodeAt(parsed, ['steps']);
  const value = (node as { value?: unknown } | null | undefined)?.value;
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** Whether most steps have an empty line between them. */
function isSpaced(map: YAMLMap, text: string): boolean {
  const regions = pairsOf(map).map((pair) => pairRegion(map, pair, text));
  if (map.flow || regions.length < 2) return false;
  const spaced = regions.filter((region, i) => {
    const next = regions[i + 1];
    return next && /^[ \t\r]*\n/.test(text.slice(region.to, next.from));
  });
  return spaced.length * 2 > regions.length - 1;
}

export interface Removal {
  text: string;
  /** Steps that now take their rows from the step before the removed one. */
  mended: string[];
  /** Steps that still name a step that is gone. */
  dangling: string[];
}

export function removeSteps(text: string, names: readonly string[]): Removal {
  const flow = read(text);
  const gone = new Set(names);
  const mended = new Set<string>();
  let now = text;
  for (const name of names) {
    const before = survivor(flow, name, gone);
    for (const consumer of before === undefined ? [] : consumersOf(text, name)) {
      if (gone.has(consumer.name) || consumer.name === before) continue;
      now = repoint(now, consumer.name, name, before!);
      mended.add(consumer.name);
    }
  }
  for (const name of names) now = removeAt(now, ['steps', name]);
  const dangling = read(now)
    .steps.filter((step) => step.inputs.some((input) => gone.has(input.step)))
    .map((step) => step.name);
  return { text: guarded(text, now, [...names, ...mended]), mended: [...mended], dangling };
}

/** The nearest step above that stays, when the way up does not fork. */
function survivor(flow: FlowDocument, name: string, gone: Set<string>): string | undefined {
  const seen = new Set<string>();
  let at: string | undefined = name;
  while (at !== undefined && gone.has(at) && !seen.has(at)) {
    seen.add(at);
    const inputs: Input[] = findStep(flow, at)?.inputs ?? [];
    at = inputs.length === 1 ? inputs[0]?.step : undefined;
  }
  return at !== undefined && !gone.has(at) && findStep(flow, at) ? at : undefined;
}

/**
 * Renames a step and every place that names it. A target keeps the progress of a step under its
 * name, so one that ran writes down what it was called.
 */
export function renameStep(text: string, old: string, name: string, ran = false): string {
  const flow = read(text);
  if (old === name) return text;
  const step = findStep(flow, old);
  if (!step) throw new EditRefused('not_found', { what: old });
  checkName(flow, name, old);
  const consumers = consumersOf(text, old).map((consumer) => consumer.name);
  let now = text;
  for (const consumer of consumers) now = repoint(now, consumer, old, name);
  now = renameEntry(parseToEdit(now), ['steps'], old, name);
  if (step.kind === 'write') now = keeping(now, step, name, ran);
  return guarded(text, now, [old, ...consumers]);
}

function keeping(text: string, before: Step, name: string, ran: boolean): string {
  const path = ['steps', name, 'formerly'];
  const known = before.settings.get('formerly');
  if (known === name) return removeAt(text, path);
  return known === undefined && ran ? setAt(text, path, before.name) : text;
}

/** Sets a setting of a step, deep ones too: `['incremental', 'by']`. Undefined takes it away. */
export function setSetting(text: string, step: string, path: Path, value?: Value): string {
  needStep(text, step);
  const full = ['steps', step, ...path];
  if (value === undefined) return guarded(text, removeAt(text, full), [step]);
  const clean = unified(value);
  return guarded(text, reads(setAt(text, full, clean), full, clean), [step]);
}

/** Texts from outside may end their lines as they like; a scalar knows `\n` only. */
function unified(value: Value): Value {
  if (typeof value === 'string') return value.replace(/\r\n?/g, '\n');
  if (Array.isArray(value)) return value.map(unified);
  return new Map([...value].map(([key, one]) => [key, unified(one)]));
}

/** An entry of a mapping of a step: `map`, `with` or `take`. */
export function setMapEntry(
  text: string,
  step: string,
  word: string,
  key: string,
  value: string,
): string {
  return setSetting(text, step, [word, key], value);
}

export function removeMapEntry(text: string, step: string, word: string, key: string): string {
  return setSetting(text, step, [word, key]);
}

export function renameMapEntry(
  text: string,
  step: string,
  word: string,
  key: string,
  name: string,
): string {
  const settings = needStep(text, step).settings.get(word);
  if (key === name) return text;
  if (settings instanceof Map && settings.has(name)) throw new EditRefused('name_taken', { name });
  return guarded(text, renameEntry(parseToEdit(text), ['steps', step, word], key, name), [step]);
}

export function reorderMap(
  text: string,
  step: string,
  word: string,
  keys: readonly string[],
): string {
  return guarded(text, orderAt(text, ['steps', step, word], keys), [step]);
}

/** How far a run is compared with its source afterwards; undefined takes the word away. */
export function setVerify(text: string, after?: 'none' | 'count' | 'full'): string {
  if (after === undefined) return guarded(text, removeAt(text, ['verify']), []);
  return guarded(text, setAt(text, ['verify', 'after'], after), []);
}

/** A setting of a flow that copies a whole database. */
export function setCopy(text: string, word: string, value?: Value): string {
  const path = ['copy', word];
  return guarded(text, value === undefined ? removeAt(text, path) : setAt(text, path, value), []);
}

export function needStep(text: string, name: string): Step {
  const step = findStep(read(text), name);
  if (!step) throw new EditRefused('not_found', { what: name });
  return step;
}

/** Steps as YAML text of their own, to be pasted into any flow. */
export function copySteps(text: string, names: readonly string[]): string {
  const parsed = parseToEdit(text);
  const map = nodeAt(parsed, ['steps']);
  if (!isMap(map)) return '';
  const wanted = new Set(names);
  const pairs = pairsOf(map).filter((pair) => wanted.has(keyOf(pair)));
  if (map.flow) {
    return pairs.map((pair) => `${slice(text, pairRegion(map, pair, text))}\n`).join('');
  }
  const parts = pairs.map((pair) => slice(text, pairRegion(map, pair, text)));
  return parts.join('');
}

function slice(text: string, region: { from: number; to: number }): string {
  const part = text.slice(region.from, region.to);
  return part.endsWith('\n') ? part : `${part}\n`;
}
