import { isMap, type YAMLMap } from 'yaml';
import { findPair, keyOf, nodeAt, pairsOf, type Parsed, type Path, type Value } from './parse';
import { EditRefused } from './refused';
import { isExplicit, keyStart, pairEnd, pairRegion, type Region } from './regions';
import { quotingOf, writeScalar } from './scalar';
import { styleOf } from './style';
import { column, eolOf, lineEnd, lineStart, nextLine, splice } from './text';
import { inFlow, pairLines } from './write';

/** Edits of the entries of one mapping. Each answers the whole text with only its own bytes changed. */

export function mapAt(parsed: Parsed, path: Path): YAMLMap {
  const map = nodeAt(parsed, path);
  if (!isMap(map)) throw new EditRefused('not_found', { what: path.join('.') });
  if (pairsOf(map).some(isExplicit)) throw new EditRefused('explicit_key');
  return map;
}

const BLOCK_SCALAR = /[:-] +[|>][-+\d]*(\s+#.*)?$/;

export interface Insertion {
  key: string;
  value: Value;
  /** Before which entry; behind the last when left out. */
  index?: number;
  /** Prepared lines, where the caller knows better how it is to look. */
  lines?: (indent: number) => string[];
  /** Whether entries are parted by empty lines. */
  spaced?: boolean;
}

/** The mapping must have at least one entry when it is a block. */
export function insertEntry(parsed: Parsed, path: Path, insertion: Insertion): string {
  const map = mapAt(parsed, path);
  const pairs = pairsOf(map);
  const index = Math.min(insertion.index ?? pairs.length, pairs.length);
  if (map.flow) {
    const one = `${writeScalar(insertion.key, 'flow-key')}: ${inFlow(insertion.value)}`;
    const spans = pairs.map((pair) => pairRegion(map, pair, parsed.text));
    return insertInFlow(parsed.text, map.range?.[0] ?? 0, spans, index, one);
  }
  const first = pairs[0];
  if (!first) throw new EditRefused('no_place', { what: path.join('.') });
  const indent = column(parsed.text, keyStart(first));
  const lines =
    insertion.lines?.(indent) ?? pairLines(insertion.key, insertion.value, indent, styleOf(parsed));
  const regions = pairs.map((pair) => pairRegion(map, pair, parsed.text));
  return insertLines(parsed.text, regions, index, lines, insertion.spaced ?? false);
}

/** Puts lines before the region of that index, or behind the last one. */
export function insertLines(
  text: string,
  regions: Region[],
  index: number,
  lines: string[],
  spaced: boolean,
): string {
  const eol = eolOf(text);
  const before = regions[index - 1];
  const next = regions[index];
  if (!before && next) {
    const inline = next.from !== lineStart(text, next.from);
    const indent = ' '.repeat(column(text, next.from));
    const block = inline ? lines.join(eol).trimStart() + eol + indent : lines.join(eol) + eol;
    return splice(text, { from: next.from, to: next.from, insert: block + (spaced ? eol : '') });
  }
  const at = before?.to ?? text.length;
  const gap = spaced ? eol : '';
  const open = at > 0 && text[at - 1] !== '\n';
  const block = open ? eol + gap + lines.join(eol) : gap + lines.join(eol) + eol;
  // A `|` block at the very end of a text has a last line ending only if the text has one.
  if (open && lines.some((line) => BLOCK_SCALAR.test(line))) {
    return splice(text, { from: at, to: at, insert: block + eol });
  }
  return splice(text, { from: at, to: at, insert: block });
}

export function insertInFlow(
  text: string,
  open: number,
  spans: Region[],
  index: number,
  one: string,
): string {
  const next = spans[index];
  const before = spans[index - 1];
  if (!next && !before) return splice(text, { from: open + 1, to: open + 1, insert: one });
  const anchor = (next ?? before)!;
  const lead = text.slice(lineStart(text, anchor.from), anchor.from);
  const gap = lead.trim() === '' && spans.length > 0 ? eolOf(text) + lead : ' ';
  return next
    ? splice(text, { from: next.from, to: next.from, insert: `${one},${gap}` })
    : splice(text, { from: anchor.to, to: anchor.to, insert: `,${gap}${one}` });
}

export function removeEntry(parsed: Parsed, path: Path, key: string): string {
  const map = mapAt(parsed, path);
  const pairs = pairsOf(map);
  const index = pairs.findIndex((pair) => keyOf(pair) === key);
  if (index < 0) throw new EditRefused('not_found', { what: key });
  const regions = pairs.map((pair) => pairRegion(map, pair, parsed.text));
  return map.flow
    ? removeInFlow(parsed.text, regions, index)
    : removeLines(parsed.text, regions, index, '{}');
}

/** @param empty what stands in the place of a whole list item that lost its only entry */
export function removeLines(text: string, regions: Region[], index: number, empty: string): string {
  const region = regions[index]!;
  const inline = region.from !== lineStart(text, region.from);
  if (inline) {
    const next = regions[index + 1];
    if (!next)
      return splice(text, { from: region.from, to: lineEndOf(text, region), insert: empty });
    const key = next.from + text.slice(next.from).search(/[^\s]/);
    return splice(text, { from: region.from, to: key, insert: '' });
  }
  const from = region.from - blankBefore(text, region);
  const last = region.to === text.length && text[region.to - 1] !== '\n' && from > 0;
  return splice(text, { from: last ? withoutEol(text, from) : from, to: region.to, insert: '' });
}

function lineEndOf(text: string, region: Region): number {
  return lineEnd(text, Math.max(region.from, region.to - 1));
}

/** A text without a last line ending stays one. */
function withoutEol(text: string, at: number): number {
  return at - (text[at - 2] === '\r' ? 2 : 1);
}

/** Of two empty lines around what goes, one goes with it. */
function blankBefore(text: string, region: Region): number {
  if (region.from === 0) return 0;
  const above = lineStart(text, region.from - 1);
  const blankAbove = above < region.from && text.slice(above, region.from).trim() === '';
  const below = text.slice(region.to, nextLine(text, region.to));
  const closed = below.trim() === '' || /^\S/.test(below);
  return blankAbove && closed ? region.from - above : 0;
}

export function removeInFlow(text: string, spans: Region[], index: number): string {
  const span = spans[index]!;
  const before = spans[index - 1];
  const next = spans[index + 1];
  if (before && /^[,\t ]*$/.test(text.slice(before.to, span.from))) {
    return splice(text, { from: before.to, to: span.to, insert: '' });
  }
  if (next) return splice(text, { from: span.from, to: next.from, insert: '' });
  return splice(text, { from: span.from, to: span.to, insert: '' });
}

export function renameEntry(parsed: Parsed, path: Path, key: string, name: string): string {
  const map = mapAt(parsed, path);
  const pair = findPair(map, key);
  if (!pair?.key?.range) throw new EditRefused('not_found', { what: key });
  const [from, to] = pair.key.range;
  const insert = writeScalar(name, map.flow ? 'flow-key' : 'key', quotingOf(pair.key));
  return splice(parsed.text, { from, to, insert });
}

/** Puts the entries in another order; what stands between them stays where it is. */
export function orderEntries(parsed: Parsed, path: Path, keys: readonly string[]): string {
  const map = mapAt(parsed, path);
  const pairs = pairsOf(map);
  const wanted = keys.map((key) => pairs.findIndex((pair) => keyOf(pair) === key));
  if (wanted.length !== pairs.length || new Set(wanted).size !== pairs.length) {
    throw new EditRefused('not_found', { what: keys.join(', ') });
  }
  const { text } = parsed;
  const regions = pairs.map((pair) => pairRegion(map, pair, text));
  const inline = regions.some((one) => one.from !== lineStart(text, one.from));
  const slots = pairs.map((pair, i) => ({
    from: map.flow || inline ? keyStart(pair) : regions[i]!.from,
    to: map.flow || inline ? pairEnd(pair, text) : contentEnd(text, regions[i]!),
  }));
  const parts = slots.map((slot, i) => {
    const source = slots[wanted[i] ?? i]!;
    return { ...slot, insert: text.slice(source.from, source.to) };
  });
  return splice(text, ...parts);
}

function contentEnd(text: string, region: Region): number {
  if (text[region.to - 1] !== '\n') return region.to;
  return region.to - (text[region.to - 2] === '\r' ? 2 : 1);
}
