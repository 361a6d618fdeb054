import { isMap, isSeq } from 'yaml';
import { insertEntry, orderEntries, removeEntry } from './entries';
import { insertItem, removeItem } from './items';
import {
  keyOf,
  nodeAt,
  pairsOf,
  parseToEdit,
  sameValue,
  valueOf,
  type Entries,
  type Path,
  type Value,
} from './parse';
import { EditRefused } from './refused';
import { replaceAt } from './replace';
import { isEntries } from './write';

/** Sets, removes and orders values by path; whatever equals what is there already is not touched. */

export function setAt(text: string, path: Path, value: Value): string {
  const parsed = parseToEdit(text);
  const key = path.at(-1);
  if (key === undefined) throw new EditRefused('no_place');
  const node = nodeAt(parsed, path);
  if (node !== undefined && !isMissing(text, path)) return reconcile(text, path, value);
  const parent = path.slice(0, -1);
  const holder = nodeAt(parsed, parent);
  if (isSeq(holder) && typeof key === 'number') return insertItem(parsed, parent, key, value);
  if (typeof key === 'number') return setAt(text, parent, [value]);
  const bare = withoutBraces(text, parent);
  if (bare !== text) return setAt(bare, parent, new Map([[key, value]]));
  if (isMap(holder) && (holder.flow || holder.items.length > 0)) {
    return insertEntry(parsed, parent, { key, value });
  }
  return setAt(text, parent, new Map([[key, value]]));
}

/** `{}` is how a mapping begins, not how it is to go on: what comes in is written below its key. */
export function withoutBraces(text: string, path: Path): string {
  const parsed = parseToEdit(text);
  const map = nodeAt(parsed, path);
  const holder = nodeAt(parsed, path.slice(0, -1));
  if (path.length === 0 || !isMap(map) || !isMap(holder) || holder.flow) return text;
  const [from, to] = map.range ?? [0, 0];
  if (map.items.length > 0 || text.slice(from, to) !== '{}') return text;
  return text.slice(0, from).replace(/ +$/, '') + text.slice(to);
}

function isMissing(text: string, path: Path): boolean {
  const holder = nodeAt(parseToEdit(text), path.slice(0, -1));
  const key = path.at(-1);
  return isMap(holder) && !pairsOf(holder).some((pair) => keyOf(pair) === key);
}

export function removeAt(text: string, path: Path): string {
  const parsed = parseToEdit(text);
  const parent = path.slice(0, -1);
  const key = path.at(-1);
  if (typeof key === 'number') return removeItem(parsed, parent, key);
  if (typeof key === 'string' && !isMissing(text, path)) return removeEntry(parsed, parent, key);
  return text;
}

export function orderAt(text: string, path: Path, keys: readonly string[]): string {
  return orderEntries(parseToEdit(text), path, keys);
}

function reconcile(text: string, path: Path, value: Value): string {
  const parsed = parseToEdit(text);
  const node = nodeAt(parsed, path);
  const old = valueOf(node, parsed.doc);
  if (sameValue(old, value)) return text;
  const bare = isEntries(value) && value.size > 0 ? withoutBraces(text, path) : text;
  if (bare !== text) return setAt(bare, path, value);
  if (isMap(node) && isEntries(old) && isEntries(value) && old.size > 0 && value.size > 0) {
    return reconcileMap(text, path, old, value);
  }
  if (isSeq(node) && Array.isArray(old) && Array.isArray(value) && old.length && value.length) {
    return reconcileList(text, path, old, value);
  }
  return replaceAt(parsed, path, value);
}

function reconcileMap(text: string, path: Path, old: Entries, value: Entries): string {
  const kept = [...old.keys()].filter((key) => value.has(key));
  if (kept.length === 0) return replaceAt(parseToEdit(text), path, value);
  let now = text;
  for (const key of old.keys()) if (!value.has(key)) now = removeAt(now, [...path, key]);
  let index = 0;
  for (const [key, one] of value) {
    now = old.has(key)
      ? reconcile(now, [...path, key], one)
      : insertEntry(parseToEdit(now), path, { key, value: one, index });
    index++;
  }
  const keys = [...value.keys()];
  const order = valueOf(nodeAt(parseToEdit(now), path), parseToEdit(now).doc);
  const inOrder = isEntries(order) && [...order.keys()].every((key, i) => key === keys[i]);
  return inOrder ? now : orderAt(now, path, keys);
}

function reconcileList(text: string, path: Path, old: Value[], value: Value[]): string {
  let head = 0;
  const least = Math.min(old.length, value.length);
  while (head < least && sameValue(old[head], value[head])) head++;
  let tail = 0;
  while (tail < least - head && sameValue(old.at(-1 - tail), value.at(-1 - tail))) tail++;
  let now = text;
  const both = least - head - tail;
  for (let i = head; i < head + both; i++) now = reconcile(now, [...path, i], value[i]!);
  for (let i = old.length - tail - 1; i >= head + both; i--) now = removeAt(now, [...path, i]);
  for (let i = head + both; i < value.length - tail; i++) {
    now = insertItem(parseToEdit(now), path, i, value[i]!);
  }
  return now;
}
