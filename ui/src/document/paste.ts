import { isMap, type Node } from 'yaml';
import { read, type FlowDocument } from './flow';
import { renameEntry } from './entries';
import { freeName, isStepName } from './names';
import { findPair, keyOf, pairsOf, parse, valueOf } from './parse';
import { repoint } from './references';
import { EditRefused } from './refused';
import { pairRegion, type Region } from './regions';
import { addStep, copySteps, needStep, type NewStep } from './steps';
import { removeAt } from './tree';

export interface Pasted {
  text: string;
  /** New name by the name in the pasted text. */
  names: Map<string, string>;
}

const PASTE_MAX = 500;

/**
 * Puts steps given as YAML into a flow: `name: {…}` entries, or a whole flow. A name that is taken
 * gets a number; steps pasted together keep naming each other.
 */
export function paste(text: string, yaml: string, after?: string): Pasted {
  const steps = stepsIn(yaml);
  const flow = read(text);
  const names = new Map<string, string>();
  for (const { name } of steps) {
    const others = steps.filter((step) => step.name !== name).map((step) => step.name);
    names.set(name, freeName(flow, name, [...names.values(), ...others]));
  }
  let now = text;
  let last = after;
  for (const step of steps) {
    const fresh = names.get(step.name) ?? step.name;
    now = addStep(now, { ...step, name: fresh, lines: renamedLines(step, fresh) }, last);
    now = withProgress(flow, now, step, fresh);
    last = fresh;
  }
  return { text: renamedInside(now, names), names };
}

function renamedLines(step: NewStep, name: string): string[] | undefined {
  if (!step.lines || step.name === name) return step.lines && [...step.lines];
  const own = parse(step.lines.join('\n'));
  return renameEntry(own, [], step.name, name).split('\n');
}

/** A copy keeps no progress under the name of the step it was made of. */
function withProgress(flow: FlowDocument, text: string, step: NewStep, fresh: string): string {
  const known = step.settings.get('formerly');
  const taken =
    known !== undefined &&
    flow.steps.some((one) => (one.settings.get('formerly') ?? one.name) === known);
  return taken ? removeAt(text, ['steps', fresh, 'formerly']) : text;
}

function renamedInside(text: string, names: Map<string, string>): string {
  let now = text;
  for (const fresh of names.values()) {
    for (const [old, name] of names) {
      if (old !== name) now = repoint(now, fresh, old, name);
    }
  }
  return now;
}

function stepsIn(yaml: string): NewStep[] {
  const parsed = parse(dedented(yaml));
  const root = parsed.doc.contents as Node | null;
  if (parsed.doc.errors.length > 0 || !isMap(root)) throw unreadable();
  const inside = findPair(root, 'steps')?.value;
  const map = isMap(inside) ? inside : root;
  const pairs = pairsOf(map);
  if (pairs.length === 0 || pairs.length > PASTE_MAX) throw unreadable();
  return pairs.map((pair) => {
    const name = keyOf(pair);
    const settings = valueOf(pair.value, parsed.doc);
    if (!isStepName(name) || !(settings instanceof Map)) throw unreadable();
    const lines = map.flow ? undefined : ownLines(parsed.text, pairRegion(map, pair, parsed.text));
    return { name, settings, lines };
  });
}

function ownLines(text: string, region: Region): string[] {
  const lines = text.slice(region.from, region.to).replace(/\n$/, '').split('\n');
  const depth = Math.min(
    ...lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)),
  );
  return lines.map((line) => line.slice(depth));
}

function unreadable(): EditRefused {
  return new EditRefused('unreadable_steps');
}

/** Steps copied out of a flow may still stand as deep as they stood there. */
function dedented(yaml: string): string {
  const lines = yaml.replace(/\r\n?/g, '\n').split('\n');
  const depths = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  const depth = Math.min(...depths);
  return depth > 0 && Number.isFinite(depth) ? lines.map((l) => l.slice(depth)).join('\n') : yaml;
}

/** Copies of steps, each behind the last of them; they take their rows from where the originals do. */
export function duplicate(text: string, names: readonly string[]): Pasted {
  names.forEach((name) => needStep(text, name));
  return paste(text, copySteps(text, names), names.at(-1));
}

/** Puts a new step between two that are connected. */
export function insertBetween(text: string, from: string, to: string, step: NewStep): string {
  const settings = new Map(step.settings);
  if (settings.has('from')) settings.set('from', from);
  return repoint(addStep(text, { name: step.name, settings }, from), to, from, step.name);
}
