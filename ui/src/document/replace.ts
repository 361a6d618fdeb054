import { isAlias, isMap, isSeq, type Node, type YAMLSeq } from 'yaml';
import {
  findPair,
  itemsOf,
  nodeAt,
  type Parsed,
  type Path,
  type Value,
  type YamlPair,
} from './parse';
import { EditRefused } from './refused';
import {
  colonEnd,
  dashOf,
  isBlock,
  isBlockScalar,
  isEmptyNode,
  itemEnd,
  keyEnd,
  keyStart,
  pairEnd,
  valueEnd,
} from './regions';
import { literal, quotingOf, type Written } from './scalar';
import { styleOf } from './style';
import { column, eolOf, lineEnd, lineStart, nextLine, splice } from './text';
import { entryLines, inBlock, inFlow, isEntries, itemLines } from './write';

/** Replaces the value at a path that is already there. */
export function replaceAt(parsed: Parsed, path: Path, value: Value): string {
  const last = path.at(-1);
  const parent = nodeAt(parsed, path.slice(0, -1));
  const node = nodeAt(parsed, path);
  if (isAnchored(node)) throw new EditRefused('anchored', { what: path.join('.') });
  if (isMap(parent) && typeof last === 'string') {
    const pair = findPair(parent, last);
    if (pair) return parent.flow ? inFlowMap(parsed, pair, value) : below(parsed, pair, value);
  }
  if (isSeq(parent) && typeof last === 'number') return item(parsed, parent, last, value);
  throw new EditRefused('not_found', { what: path.join('.') });
}

function isAnchored(node: Node | null | undefined): boolean {
  const marks = node as { anchor?: string; tag?: string; source?: string } | null | undefined;
  return !!marks?.anchor || !!marks?.tag || isAlias(node);
}

function inFlowMap(parsed: Parsed, pair: YamlPair, value: Value): string {
  const { text } = parsed;
  const written = inFlow(value, quotingOf(pair.value));
  if (!pair.value || isEmptyNode(pair.value)) {
    const colon = colonEnd(pair);
    const at = colon ?? keyEnd(pair);
    return splice(text, { from: at, to: at, insert: colon ? ` ${written}` : `: ${written}` });
  }
  const from = pair.value.range?.[0] ?? 0;
  return splice(text, { from, to: valueEnd(pair.value, text), insert: written });
}

/** The value of an entry of a block: behind its key, or in the lines below it. */
function below(parsed: Parsed, pair: YamlPair, value: Value): string {
  const { text } = parsed;
  const colon = colonEnd(pair);
  if (colon === undefined) throw new EditRefused('explicit_key');
  const written = inStyleOf(parsed, pair, value);
  const eol = eolOf(text);
  const body = written.body.map((line) => eol + line).join('');
  const head = written.head === '' ? '' : ` ${written.head}`;
  const end = pairEnd(pair, text);
  const from = pair.value?.range?.[0] ?? colon;
  const sameLine = lineStart(text, from) === lineStart(text, colon);
  if (!isBlock(pair.value) && !isEmptyNode(pair.value) && sameLine) {
    const start = head === '' ? colon : from;
    const close = lineEnd(text, end);
    return splice(
      text,
      { from: start, to: end, insert: head.trimStart() },
      { from: close, to: close, insert: body },
    );
  }
  if (isEmptyNode(pair.value)) {
    const close = lineEnd(text, colon);
    return splice(text, { from: colon, to: close, insert: head + text.slice(colon, close) + body });
  }
  const note = /\s+#.*$/.exec(text.slice(colon, lineEnd(text, colon)))?.[0] ?? '';
  return splice(text, { from: colon, to: end, insert: head + note + body });
}

/** A block stays a block and a line a line, where the new value allows it. */
function inStyleOf(parsed: Parsed, pair: YamlPair, value: Value): Written {
  const { text } = parsed;
  const style = styleOf(parsed);
  const indent = column(text, keyStart(pair));
  const old = pair.value;
  const key = String((pair.key as { value?: unknown } | null)?.value ?? '');
  if (typeof value === 'string') {
    const kept = isBlockScalar(old) ? innerIndent(text, old!, indent) : undefined;
    const again = kept && literal(value, kept, kept - indent);
    return again || inBlock(key, value, indent, style, quotingOf(old));
  }
  const size = isEntries(value) ? value.size : value.length;
  if (size === 0 || ((isMap(old) || isSeq(old)) && old.flow)) {
    return { head: inFlow(value), body: [] };
  }
  if (isSeq(old) && Array.isArray(value)) {
    const dash = column(text, dashOf(old, 0));
    return { head: '', body: value.flatMap((one) => itemLines(one, dash, style)) };
  }
  if (isMap(old) && isEntries(value)) {
    return { head: '', body: entryLines(value, indent + style.unit, style) };
  }
  return inBlock(key, value, indent, style);
}

function innerIndent(text: string, node: Node, outer: number): number | undefined {
  const [from = 0, to = 0] = node.range ?? [];
  for (let at = nextLine(text, from); at < to; at = nextLine(text, at)) {
    const line = text.slice(at, lineEnd(text, at));
    if (line.trim() !== '') {
      const indent = line.search(/\S/);
      return indent > outer ? indent : undefined;
    }
  }
  return undefined;
}

function item(parsed: Parsed, seq: YAMLSeq, index: number, value: Value): string {
  const { text } = parsed;
  const old = itemsOf(seq)[index];
  if (!old) throw new EditRefused('not_found', { what: String(index) });
  const end = itemEnd(seq, index, text);
  if (seq.flow) {
    return splice(text, {
      from: old.range?.[0] ?? 0,
      to: end,
      insert: inFlow(value, quotingOf(old)),
    });
  }
  const dash = dashOf(seq, index);
  const lines =
    isMap(old) && old.flow
      ? [`- ${inFlow(value)}`]
      : itemLines(value, column(text, dash), styleOf(parsed));
  return splice(text, { from: dash, to: end, insert: lines.join(eolOf(text)).trimStart() });
}
