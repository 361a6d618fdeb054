import { isMap, type Node, type YAMLMap } from 'yaml';
import {
  keyOf,
  nodeAt,
  pairsOf,
  parse,
  valueOf,
  type Entries,
  type Parsed,
  type Value,
  type YamlPair,
} from './parse';
import { keyStart, pairRegion, type Region } from './regions';
import { sameName, sqlTables } from './sqlTables';
import { column, lineOf } from './text';

export const KINDS = [
  'read',
  'map',
  'sql',
  'expect',
  'dedupe',
  'union',
  'call',
  'write',
  'where',
] as const;

export type StepKind = (typeof KINDS)[number];

export interface Input {
  step: string;
  /** The word that names it. */
  word: 'from' | 'union' | 'sql';
  /** Whether there is such a step. */
  known: boolean;
}

export interface Step {
  name: string;
  /** Undefined while the step has none of the words that say what it does, or several. */
  kind: StepKind | undefined;
  inputs: Input[];
  settings: Entries;
  /** Where it stands in the text, its comments included. */
  range: Region;
  /** Lines from 1, both included. */
  lines: { first: number; last: number };
  /** Whether it is written in one pair of braces. */
  flow: boolean;
}

export interface TextProblem {
  code: string;
  message: string;
  line: number;
  column: number;
}

export interface FlowDocument {
  name: string;
  steps: Step[];
  copy?: Entries;
  /** A flow that was just begun: there is nothing in it yet that could be right or wrong. */
  blank: boolean;
  verify?: 'none' | 'count' | 'full';
  rejectsMax?: string;
  /** What keeps the text from being read as YAML; edits wait until there is none. */
  problems: TextProblem[];
}

/** Reads a flow as far as it can be read. It never throws for what is written in the text. */
export function read(text: string): FlowDocument {
  const parsed = parse(text);
  const settings = valueOf(parsed.doc.contents as Node | null, parsed.doc);
  const root = settings instanceof Map ? settings : new Map<string, Value>();
  const copy = root.get('copy');
  const flow = root.get('flow');
  return {
    name: typeof flow === 'string' ? flow : '',
    steps: stepsOf(parsed),
    copy: copy instanceof Map ? copy : undefined,
    blank: isBlank(root),
    verify: verifyOf(root.get('verify')),
    rejectsMax: textIn(root.get('rejects'), 'max'),
    problems: problemsOf(parsed),
  };
}

function isBlank(root: Map<string, Value>): boolean {
  const steps = root.get('steps');
  const none = steps === undefined || steps === '' || (steps instanceof Map && steps.size === 0);
  return none && [...root.keys()].every((key) => key === 'flow' || key === 'steps');
}

function textIn(value: Value | undefined, key: string): string | undefined {
  const one = value instanceof Map ? value.get(key) : undefined;
  return typeof one === 'string' ? one : undefined;
}

function verifyOf(value: Value | undefined): FlowDocument['verify'] {
  const after = textIn(value, 'after');
  return after === 'none' || after === 'count' || after === 'full' ? after : undefined;
}

function problemsOf(parsed: Parsed): TextProblem[] {
  return parsed.doc.errors.slice(0, 50).map((error) => ({
    code: error.code,
    message: error.message,
    line: lineOf(parsed.text, error.pos[0]),
    column: column(parsed.text, error.pos[0]) + 1,
  }));
}

function stepsOf(parsed: Parsed): Step[] {
  const map = nodeAt(parsed, ['steps']);
  if (!isMap(map)) return [];
  const pairs = pairsOf(map);
  const names = pairs.map(keyOf);
  const known = new Set(names);
  const inSql = new Map(names.toReversed().map((name) => [name.toLowerCase(), name]));
  const line = lineCounter(parsed.text);
  const seen = new Set<string>();
  return pairs.flatMap((pair) => {
    const name = keyOf(pair);
    if (name === '' || seen.has(name)) return [];
    seen.add(name);
    return [stepOf(parsed, map, pair, { known, inSql, line })];
  });
}

interface Names {
  known: Set<string>;
  /** By lower case, since SQL does not tell it from upper case. */
  inSql: Map<string, string>;
  line: (at: number) => number;
}

function stepOf(parsed: Parsed, map: YAMLMap, pair: YamlPair, names: Names): Step {
  const value = valueOf(pair.value, parsed.doc);
  const settings = value instanceof Map ? value : new Map<string, Value>();
  const range = pairRegion(map, pair, parsed.text);
  const last =
    range.to > range.from && parsed.text[range.to - 1] === '\n' ? range.to - 1 : range.to;
  return {
    name: keyOf(pair),
    kind: kindOf(settings),
    inputs: inputsOf(settings, names),
    settings,
    range,
    lines: { first: names.line(keyStart(pair)), last: names.line(last) },
    flow: isMap(pair.value) && !!pair.value.flow,
  };
}

/** The one word that says what a step does; `where` also narrows a `read`. */
export function kindOf(settings: Entries): StepKind | undefined {
  const kinds = KINDS.filter((kind) => settings.has(kind));
  if (kinds.length === 1) return kinds[0];
  const narrowed = kinds.length === 2 && settings.has('read') && settings.has('where');
  return narrowed ? 'read' : undefined;
}

function inputsOf(settings: Entries, { known, inSql }: Names): Input[] {
  const inputs: Input[] = [];
  const add = (step: string, word: Input['word']) => {
    if (step !== '' && !inputs.some((input) => input.step === step)) {
      inputs.push({ step, word, known: known.has(step) });
    }
  };
  const from = settings.get('from');
  if (typeof from === 'string') add(from.trim(), 'from');
  const union = settings.get('union');
  if (Array.isArray(union)) union.forEach((one) => typeof one === 'string' && add(one, 'union'));
  const sql = settings.get('sql');
  if (typeof sql === 'string') {
    for (const table of sqlTables(sql))
      add(inSql.get(table.name.toLowerCase()) ?? table.name, 'sql');
  }
  return inputs;
}

/** Lines are asked for in rising order, step by step. */
function lineCounter(text: string): (at: number) => number {
  let line = 1;
  let done = 0;
  return (at) => {
    if (at < done) return lineOf(text, at);
    for (let i = text.indexOf('\n', done); i >= 0 && i < at; i = text.indexOf('\n', i + 1)) line++;
    done = at;
    return line;
  };
}

export function findStep(flow: FlowDocument, name: string): Step | undefined {
  return flow.steps.find((step) => step.name === name);
}

export { sameName };
