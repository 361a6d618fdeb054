import type { Entries, Value } from './parse';
import { literal, writeScalar, type Quoting, type Written } from './scalar';

/** Writes values that are new to a document, in the style of what stands around them. */

export interface Style {
  /** How much deeper each level is indented. */
  unit: number;
  /** Whether short lists and mappings stand in one line: `[a, b]`. */
  flow: boolean;
}

const WIDTH = 100;
const FLOW_WIDTH = 72;
const FLOW_ENTRIES = 4;
/** Words whose entries are read one below the other. */
const TALL = new Set(['map', 'with', 'take', 'steps']);

export function isEntries(value: Value): value is Entries {
  return value instanceof Map;
}

/** In one line, whatever it is. */
export function inFlow(value: Value, quoting: Quoting = 'plain'): string {
  if (typeof value === 'string') return writeScalar(value, 'flow', quoting);
  if (Array.isArray(value)) return `[${value.map((one) => inFlow(one)).join(', ')}]`;
  const pairs = [...value].map(([key, one]) => `${writeScalar(key, 'flow-key')}: ${inFlow(one)}`);
  return `{${pairs.join(', ')}}`;
}

/**
 * Below or behind a key of a block.
 *
 * @param indent of the key
 */
export function inBlock(
  key: string | undefined,
  value: Value,
  indent: number,
  style: Style,
  quoting: Quoting = 'plain',
): Written {
  if (typeof value === 'string') return text(value, indent, style.unit, quoting);
  if (Array.isArray(value)) return list(value, indent, style);
  return fitsFlow(key, value, indent, style)
    ? { head: inFlow(value), body: [] }
    : { head: '', body: entryLines(value, indent + style.unit, style) };
}

function text(value: string, indent: number, unit: number, quoting: Quoting): Written {
  const block = quoting === 'double' ? undefined : literal(value, indent + unit, unit);
  return block ?? { head: writeScalar(value, 'block', quoting), body: [] };
}

function list(items: Value[], indent: number, style: Style): Written {
  const flow = inFlow(items);
  const short = items.every((item) => typeof item === 'string' && !item.includes('\n'));
  if (items.length === 0 || (style.flow && short && indent + flow.length <= WIDTH)) {
    return { head: flow, body: [] };
  }
  const inner = indent + style.unit;
  return { head: '', body: items.flatMap((item) => itemLines(item, inner, style)) };
}

/** An item of a block list, its dash at the indentation. */
export function itemLines(item: Value, indent: number, style: Style): string[] {
  const space = ' '.repeat(indent);
  if (isEntries(item) && !fitsFlow(undefined, item, indent, style)) {
    const [first = '', ...rest] = entryLines(item, indent + 2, style);
    return [`${space}- ${first.trimStart()}`, ...rest];
  }
  if (typeof item === 'string') {
    const written = text(item, indent, 2, 'plain');
    return [`${space}- ${written.head}`, ...written.body];
  }
  return [`${space}- ${inFlow(item)}`];
}

function fitsFlow(key: string | undefined, value: Entries, indent: number, style: Style): boolean {
  if (value.size === 0) return true;
  if (!style.flow || (key !== undefined && TALL.has(key)) || value.size > FLOW_ENTRIES) {
    return false;
  }
  return !hasLines(value) && indent + inFlow(value).length <= FLOW_WIDTH;
}

function hasLines(value: Value): boolean {
  if (typeof value === 'string') return value.includes('\n');
  return [...value.values()].some(hasLines);
}

export function entryLines(entries: Entries, indent: number, style: Style): string[] {
  return [...entries].flatMap(([key, value]) => pairLines(key, value, indent, style));
}

export function pairLines(key: string, value: Value, indent: number, style: Style): string[] {
  const written = inBlock(key, value, indent, style);
  const head = written.head === '' ? '' : ` ${written.head}`;
  return [`${' '.repeat(indent)}${writeScalar(key, 'key')}:${head}`, ...written.body];
}

/** A step in one line when its neighbours are, and it fits. */
export function stepLines(
  name: string,
  settings: Entries,
  indent: number,
  style: Style,
  oneLine: boolean,
): string[] {
  const flow = `${' '.repeat(indent)}${writeScalar(name, 'key')}: ${inFlow(settings)}`;
  const tall = [...settings.keys()].some((key) => TALL.has(key));
  const fits = oneLine && !tall && flow.length <= WIDTH && !hasLines(settings);
  if (settings.size === 0 || fits) return [flow];
  const body = entryLines(settings, indent + style.unit, style);
  return [`${' '.repeat(indent)}${writeScalar(name, 'key')}:`, ...body];
}
