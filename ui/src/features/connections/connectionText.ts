import { isMap, isScalar, LineCounter, parseDocument, stringify, type Pair } from 'yaml';
import type { Problem } from '../../client/types';

export type ConnectionText = {
  name: string;
  type: string;
  values: Record<string, string>;
  /** Options whose value is a tree; the form leaves them to the text. */
  trees: string[];
  problems: Problem[];
};

function parse(text: string) {
  const lines = new LineCounter();
  return { document: parseDocument(text, { lineCounter: lines }), lines };
}

const keyOf = (pair: Pair): string => (isScalar(pair.key) ? String(pair.key.value) : '');

/** What a connection's YAML says, as far as it can be read. */
export function readConnection(text: string): ConnectionText {
  const { document, lines } = parse(text);
  const read: ConnectionText = { name: '', type: '', values: {}, trees: [], problems: [] };
  for (const error of document.errors) {
    const { line, col } = lines.linePos(error.pos[0]);
    const message = error.message.split('\n')[0] ?? error.message;
    read.problems.push({ code: 'YAML_INVALID', message, line, column: col });
  }
  if (!isMap(document.contents)) return read;
  for (const pair of document.contents.items) {
    const key = keyOf(pair);
    const node = pair.value;
    // As it is written: a password of digits keeps its leading zeros.
    const value = isScalar(node) ? (node.source ?? String(node.value ?? '')) : undefined;
    if (value === undefined && node) read.trees.push(key);
    else if (key === 'connection') read.name = value ?? '';
    else if (key === 'type') read.type = value ?? '';
    else if (value) read.values[key] = value;
  }
  return read;
}

const lineEnd = (text: string) => (text.includes('\r\n') ? '\r\n' : '\n');

/** A value as YAML, quoted only where it would be read as something else. */
function written(value: string, plain: boolean, quote: string | null | undefined): string {
  if (plain) return value;
  const style = quote === 'QUOTE_SINGLE' || quote === 'QUOTE_DOUBLE' ? quote : 'PLAIN';
  return stringify(value, { lineWidth: 0, defaultStringType: style }).trimEnd();
}

function pairOf(text: string, name: string) {
  const { document } = parse(text);
  if (!isMap(document.contents)) return undefined;
  return document.contents.items.find((pair) => keyOf(pair) === name);
}

/**
 * Writes one option into a connection's text. Only the value's own characters change: comments,
 * order, quoting and every other byte stay. `plain` is for numbers and truth values.
 */
export function setOption(text: string, name: string, value: string, plain = false): string {
  const pair = pairOf(text, name);
  const node = pair?.value;
  if (isScalar(node) && node.range && node.range[1] > node.range[0]) {
    const [from, to] = node.range;
    return text.slice(0, from) + written(value, plain, node.type) + text.slice(to);
  }
  const bare = pair && isScalar(pair.key) ? pair.key.range : undefined;
  if (bare && !(node && !isScalar(node))) {
    const colon = text.indexOf(':', bare[1]) + 1;
    return `${text.slice(0, colon)} ${written(value, plain, null)}${text.slice(colon)}`;
  }
  if (pair) return text; // a tree: only its author's hand may change it
  const gap = text === '' || text.endsWith('\n') ? '' : lineEnd(text);
  return `${text}${gap}${name}: ${written(value, plain, null)}${lineEnd(text)}`;
}

/** Takes an option out with its whole line, or lines where its value spans several. */
export function removeOption(text: string, name: string): string {
  const pair = pairOf(text, name);
  const key = pair && isScalar(pair.key) ? pair.key.range : undefined;
  if (!pair || !key) return text;
  const node = pair.value as { range?: [number, number, number] } | null;
  const last = Math.max(key[1], node?.range?.[1] ?? 0);
  const from = text.lastIndexOf('\n', key[0] - 1) + 1;
  // A tree's range may end after its line.
  const end = text.indexOf('\n', text[last - 1] === '\n' ? last - 1 : last);
  return text.slice(0, from) + (end < 0 ? '' : text.slice(end + 1));
}
