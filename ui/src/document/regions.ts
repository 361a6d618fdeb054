import { isAlias, isMap, isScalar, isSeq, type Node, type YAMLMap, type YAMLSeq } from 'yaml';
import { itemsOf, pairsOf, type YamlPair } from './parse';
import { column, lineEnd, lineStart, nextLine } from './text';

/** Where things stand in the text: values, entries with their comments, items of a list. */

interface Token {
  type: string;
  offset: number;
  source: string;
}

export interface Region {
  from: number;
  to: number;
}

function tokens(pair: YamlPair, part: 'start' | 'sep'): Token[] {
  const source = pair.srcToken as { start?: Token[]; sep?: Token[] } | undefined;
  return source?.[part] ?? [];
}

export function isExplicit(pair: YamlPair): boolean {
  return tokens(pair, 'start').some((token) => token.type === 'explicit-key-ind');
}

export function keyStart(pair: YamlPair): number {
  return pair.key?.range?.[0] ?? 0;
}

export function keyEnd(pair: YamlPair): number {
  return pair.key?.range?.[1] ?? 0;
}

/** Behind the colon; undefined in `{a, b}`, whose keys have none. */
export function colonEnd(pair: YamlPair): number | undefined {
  const colon = tokens(pair, 'sep').find((token) => token.type === 'map-value-ind');
  return colon && colon.offset + 1;
}

export function isEmptyNode(node: Node | null | undefined): boolean {
  return !node || (isScalar(node) && !!node.range && node.range[0] === node.range[1]);
}

export function isBlockScalar(node: Node | null | undefined): boolean {
  return isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED');
}

/** Whether it needs lines of its own below its key. */
export function isBlock(node: Node | null | undefined): boolean {
  return isBlockScalar(node) || ((isMap(node) || isSeq(node)) && !node.flow);
}

/** The end of the last sign that belongs to a value, its comments not counted. */
export function valueEnd(node: Node, text: string): number {
  const range = node.range ?? [0, 0, 0];
  if (isBlockScalar(node)) return blockScalarEnd(text, range[0], range[1]);
  if (isAlias(node) || isScalar(node)) return range[1];
  if ((isMap(node) || isSeq(node)) && node.flow) return range[1];
  if (isMap(node)) {
    const last = pairsOf(node).at(-1);
    return last ? pairEnd(last, text) : range[0];
  }
  if (isSeq(node)) return itemEnd(node, node.items.length - 1, text);
  return range[1];
}

function blockScalarEnd(text: string, from: number, to: number): number {
  const header = text.slice(from, lineEnd(text, from));
  let end = to;
  if (!/^[|>]\d?\+/.test(header)) {
    while (end > from && /\s/.test(text[end - 1] ?? '')) end--;
    return Math.max(end, from + header.length);
  }
  if (text[end - 1] === '\n') end--;
  return text[end - 1] === '\r' ? end - 1 : end;
}

export function pairEnd(pair: YamlPair, text: string): number {
  const least = colonEnd(pair) ?? keyEnd(pair);
  return isEmptyNode(pair.value) || !pair.value ? least : valueEnd(pair.value, text);
}

/** Where the dash of an item of a block list stands. */
export function dashOf(seq: YAMLSeq, index: number): number {
  const source = seq.srcToken as { items?: { start: Token[] }[] } | undefined;
  const start = source?.items?.[index]?.start ?? [];
  const dash = start.find((token) => token.type === 'seq-item-ind');
  return dash?.offset ?? itemsOf(seq)[index]?.range?.[0] ?? 0;
}

export function itemEnd(seq: YAMLSeq, index: number, text: string): number {
  const item = itemsOf(seq)[index];
  if (item && !isEmptyNode(item)) return valueEnd(item, text);
  return seq.flow ? (item?.range?.[0] ?? 0) : dashOf(seq, index) + 1;
}

function isCommentAt(text: string, start: number, accepts: (column: number) => boolean): boolean {
  const line = text.slice(start, lineEnd(text, start));
  const indent = line.search(/\S/);
  return indent >= 0 && line[indent] === '#' && accepts(indent);
}

/**
 * The lines of something that begins at `start` in a block: with the comments directly above it at
 * its own indentation, and those below that are indented deeper.
 */
export function linesOf(text: string, start: number, end: number): Region {
  const first = lineStart(text, start);
  const indent = column(text, start);
  const alone = text.slice(first, start).trim() === '';
  let from = alone ? first : start;
  while (alone && from > 0) {
    const above = lineStart(text, from - 1);
    if (above >= from || !isCommentAt(text, above, (found) => found === indent)) break;
    from = above;
  }
  return { from, to: withDeeperComments(text, nextLine(text, end), indent) };
}

function withDeeperComments(text: string, start: number, indent: number): number {
  let to = start;
  let at = start;
  while (at < text.length) {
    const blank = text.slice(at, lineEnd(text, at)).trim() === '';
    if (!blank && !isCommentAt(text, at, (found) => found > indent)) break;
    at = nextLine(text, at);
    if (!blank) to = at;
  }
  return to;
}

export function pairRegion(map: YAMLMap, pair: YamlPair, text: string): Region {
  if (map.flow) return { from: keyStart(pair), to: pairEnd(pair, text) };
  return linesOf(text, keyStart(pair), pairEnd(pair, text));
}
