import {
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  parseDocument,
  type Document,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { EditRefused } from './refused';

/** A value as the engine reads it: every leaf is a text. */
export type Value = string | Value[] | Entries;
export type Entries = Map<string, Value>;
export type Path = readonly (string | number)[];

export interface Parsed {
  text: string;
  doc: Document.Parsed;
}

export type YamlPair = Pair<Node | null, Node | null>;

const TEXT_MAX = 2_000_000;
const REMEMBERED = 6;
const remembered = new Map<string, Parsed>();

/** Reads a text tolerantly; the last few texts are remembered, since edits come in chains. */
export function parse(text: string): Parsed {
  const known = remembered.get(text);
  if (known) return known;
  if (text.length > TEXT_MAX) throw new EditRefused('too_long', { max: TEXT_MAX });
  const doc = parseDocument(text, {
    keepSourceTokens: true,
    schema: 'failsafe',
    uniqueKeys: false,
    prettyErrors: false,
  });
  const parsed = { text, doc };
  remembered.set(text, parsed);
  const oldest = remembered.keys().next().value;
  if (remembered.size > REMEMBERED && oldest !== undefined) remembered.delete(oldest);
  return parsed;
}

/** Parses a text that is to be edited; what cannot be read cannot be edited safely. */
export function parseToEdit(text: string): Parsed {
  const parsed = parse(text);
  const error = parsed.doc.errors[0];
  if (error) throw new EditRefused('broken', { message: error.message });
  return parsed;
}

export function isNothing(node: Node): boolean {
  return (
    isScalar(node) &&
    (node.type === 'PLAIN' || node.type === undefined || node.type === null) &&
    /^(~|null)?$/i.test(String(node.value ?? ''))
  );
}

export function valueOf(node: Node | null | undefined, doc: Document.Parsed): Value {
  if (!node) return '';
  if (isAlias(node)) return valueOf(node.resolve(doc) as Node | undefined, doc);
  if (isScalar(node)) return isNothing(node) ? '' : String(node.value ?? '');
  if (isSeq(node)) return node.items.map((item) => valueOf(itemNode(item), doc));
  if (isMap(node)) {
    const entries: Entries = new Map();
    for (const pair of pairsOf(node)) {
      const key = keyOf(pair);
      if (!entries.has(key)) entries.set(key, valueOf(pair.value, doc));
    }
    return entries;
  }
  return '';
}

function itemNode(item: unknown): Node | null {
  return isScalar(item) || isCollection(item) || isAlias(item) ? item : null;
}

export function itemsOf(seq: YAMLSeq): (Node | null)[] {
  return seq.items.map(itemNode);
}

export function pairsOf(map: YAMLMap): YamlPair[] {
  return map.items.filter((item) => isPair(item)) as YamlPair[];
}

export function keyOf(pair: YamlPair): string {
  return isScalar(pair.key) ? String(pair.key.value ?? '') : '';
}

export function findPair(map: YAMLMap, key: string): YamlPair | undefined {
  return pairsOf(map).find((pair) => keyOf(pair) === key);
}

/** The node a path leads to; undefined where it leaves the document. */
export function nodeAt(parsed: Parsed, path: Path): Node | null | undefined {
  let node: Node | null | undefined = parsed.doc.contents as Node | null;
  for (const part of path) {
    if (isMap(node) && typeof part === 'string') node = findPair(node, part)?.value;
    else if (isSeq(node) && typeof part === 'number') node = itemsOf(node)[part];
    else return undefined;
  }
  return node;
}

export function sameValue(a: Value | undefined, b: Value | undefined): boolean {
  if (a === undefined || b === undefined || typeof a === 'string' || typeof b === 'string') {
    return a === b;
  }
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((one, i) => sameValue(one, b[i]));
  }
  const left = [...a];
  const right = [...b];
  return (
    left.length === right.length &&
    left.every(([key, value], i) => key === right[i]?.[0] && sameValue(value, right[i]?.[1]))
  );
}
