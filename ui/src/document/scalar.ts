import { isScalar, parseDocument, isMap, isSeq, type Node } from 'yaml';
import { keyOf, pairsOf } from './parse';

export type Quoting = 'plain' | 'single' | 'double';
export type Spot = 'block' | 'flow' | 'key' | 'flow-key';

/** What a scalar is quoted with, so that a new text can be quoted alike. */
export function quotingOf(node: Node | null | undefined): Quoting {
  // Nothing has to be quoted to stand there at all, which says nothing of what comes in its place.
  if (isScalar(node) && node.value === '') return 'plain';
  if (isScalar(node) && node.type === 'QUOTE_SINGLE') return 'single';
  if (isScalar(node) && node.type === 'QUOTE_DOUBLE') return 'double';
  return 'plain';
}

// Control signs, separators and lone surrogates only survive as escapes.
const UNPRINTABLE =
  /[\u0000-\u0008\u000A-\u001F\u007F-\u009F\u2028\u2029\uFEFF\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/** Writes a text on one line, as the document around it does where that is possible. */
export function writeScalar(text: string, spot: Spot, wanted: Quoting = 'plain'): string {
  if (UNPRINTABLE.test(text)) return double(text);
  if (wanted === 'plain' && fitsPlain(text, spot)) return text;
  if (wanted === 'single') return single(text);
  if (wanted === 'double') return double(text);
  return text.includes("'") && !/["\\]/.test(text) ? double(text) : single(text);
}

function single(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function double(text: string): string {
  let out = '"';
  for (const sign of text) {
    if (sign === '"' || sign === '\\') out += `\\${sign}`;
    else if (sign === '\n') out += '\\n';
    else if (sign === '\r') out += '\\r';
    else if (sign === '\t') out += '\\t';
    else out += UNPRINTABLE.test(sign) ? escape(sign) : sign;
  }
  return `${out}"`;
}

function escape(sign: string): string {
  return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/**
 * Whether a text may stand without quotes. What the two YAML readers (ours and the engine's) might
 * see differently is not risked.
 */
export function fitsPlain(text: string, spot: Spot): boolean {
  if (text === '' || text !== text.trim() || /^(~|null)$/i.test(text)) return false;
  if (/[\t\u00A0]|^[-?:,[\]{}#&*!|>'"%@`=]|:$|: | #|^(---|\.\.\.)/.test(text)) return false;
  if (spot !== 'block' && /[,[\]{}]|^\?|:(?=[,[\]{}])/.test(text)) return false;
  if (spot.endsWith('key') && text.length > 200) return false;
  return readsAs(text, spot);
}

function readsAs(text: string, spot: Spot): boolean {
  const around = {
    block: `k: ${text}\n`,
    flow: `k: {k: ${text}, z: [${text}]}\n`,
    key: `${text}: v\n`,
    'flow-key': `{${text}: v}\n`,
  }[spot];
  const doc = parseDocument(around, { schema: 'failsafe' });
  if (doc.errors.length > 0 || !isMap(doc.contents)) return false;
  const pairs = pairsOf(doc.contents);
  const pair = pairs[0];
  if (!pair || pairs.length !== 1) return false;
  if (spot.endsWith('key')) return keyOf(pair) === text && isScalar(pair.key);
  if (spot === 'block') return isScalar(pair.value) && pair.value.value === text;
  if (!isMap(pair.value)) return false;
  const [first, second] = pairsOf(pair.value);
  const list = second?.value;
  return (
    isScalar(first?.value) &&
    first.value.value === text &&
    isSeq(list) &&
    list.items.length === 1 &&
    isScalar(list.items[0]) &&
    list.items[0].value === text
  );
}

export interface Written {
  /** What stands behind the key's colon. */
  head: string;
  /** Lines below it, already indented. */
  body: string[];
}

/**
 * A `|` block; undefined when such a block cannot hold the text.
 *
 * @param indent of the lines
 * @param deeper how much deeper that is than the key
 */
export function literal(text: string, indent: number, deeper: number): Written | undefined {
  if (!text.includes('\n') || UNPRINTABLE.test(text.replaceAll('\n', '')) || text.trim() === '') {
    return undefined;
  }
  const trailing = /\n*$/.exec(text)?.[0].length ?? 0;
  const chomping = trailing === 0 ? '-' : trailing === 1 ? '' : '+';
  const lines = text.split('\n');
  if (trailing > 0) lines.pop();
  const first = lines.find((line) => line.trim() !== '') ?? '';
  // A text that itself begins with a space or a blank line must say how far it is indented.
  const told = /^\s/.test(first) || lines[0]?.trim() === '' ? String(deeper) : '';
  if (told.length > 1 || told === '0') return undefined;
  const space = ' '.repeat(indent);
  return {
    head: `|${told}${chomping}`,
    body: lines.map((line) => (line === '' ? '' : space + line)),
  };
}
