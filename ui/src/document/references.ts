import { isScalar } from 'yaml';
import { findStep, read, type Step } from './flow';
import { nodeAt, parseToEdit } from './parse';
import { renameCuts, sameName, sqlTables } from './sqlTables';
import { splice, type Splice } from './text';
import { setAt } from './tree';

/** The places where steps name each other: `from`, `union`, and tables in `sql`. */

export function consumersOf(text: string, name: string): Step[] {
  return read(text).steps.filter((step) => step.inputs.some((input) => input.step === name));
}

/** Lets one step take its rows from another one instead, wherever it names it. */
export function repoint(text: string, consumer: string, old: string, name: string): string {
  const step = findStep(read(text), consumer);
  if (!step) return text;
  let now = text;
  const from = step.settings.get('from');
  if (typeof from === 'string' && from.trim() === old) {
    now = setAt(now, ['steps', consumer, 'from'], name);
  }
  const union = step.settings.get('union');
  if (Array.isArray(union)) {
    const seen = union.map((one) => (one === old ? name : one));
    now = setAt(now, ['steps', consumer, 'union'], [...new Set(seen)]);
  }
  const sql = step.settings.get('sql');
  if (typeof sql === 'string') now = renameInSql(now, consumer, sql, old, name);
  return now;
}

function renameInSql(text: string, step: string, sql: string, old: string, name: string): string {
  const path = ['steps', step, 'sql'];
  const tables = sqlTables(sql).filter((table) => sameName(table.name, old));
  const other = read(text).steps.find((one) => sameName(one.name, old))?.name;
  if (tables.length === 0 || (other !== undefined && other !== old)) return text;
  const cuts = renameCuts(sql, old, name);
  const renamed = splice(sql, ...cuts);
  return renamedInPlace(text, path, sql, cuts) ?? setAt(text, path, renamed);
}

/**
 * Carries the changes over to the signs of the scalar as it is written, so that its lines, its
 * folding and its quotes stay. Undefined where the written text is too different from the read one.
 */
function renamedInPlace(
  text: string,
  path: string[],
  sql: string,
  cuts: Splice[],
): string | undefined {
  const node = nodeAt(parseToEdit(text), path);
  if (!isScalar(node) || !node.range) return undefined;
  const [from, to] = node.range;
  let source = text.slice(from, to);
  for (const { from: cut, to: end, insert } of cuts.toReversed()) {
    const word = sql.slice(cut, end);
    const at = nthIndex(source, word, countBefore(sql, word, cut));
    if (at < 0) return undefined;
    source = source.slice(0, at) + insert + source.slice(at + word.length);
  }
  const candidate = splice(text, { from, to, insert: source });
  try {
    const again = nodeAt(parseToEdit(candidate), path);
    return isScalar(again) && again.value === splice(sql, ...cuts) ? candidate : undefined;
  } catch {
    return undefined;
  }
}

function countBefore(text: string, word: string, end: number): number {
  let count = 0;
  for (let at = text.indexOf(word); at >= 0 && at < end; at = text.indexOf(word, at + 1)) count++;
  return count;
}

function nthIndex(text: string, word: string, nth: number): number {
  let at = text.indexOf(word);
  for (let i = 0; i < nth && at >= 0; i++) at = text.indexOf(word, at + 1);
  return at;
}
