import type { FieldInfo, Proposal } from '../client/types';
import { sqlName } from '../document/sqlTables';
import { removeMapEntry, renameMapEntry, setMapEntry } from '../document/steps';
import { clearAll, setAll } from './bulk';
import { sameWord } from './likely';
import { renameColumn } from './sql';
import { isOpen, KEEP, type TargetRow } from './state';
import { takenAs } from './types';

/** Commands of the mapping editor: from a text to a text. They throw `EditRefused` like all edits. */

export function setExpression(text: string, step: string, target: string, sql: string): string {
  return setMapEntry(text, step, 'map', target, sql);
}

export function clearTargets(text: string, step: string, targets: readonly string[]): string {
  return clearAll(text, step, targets);
}

export function renameTarget(text: string, step: string, old: string, name: string): string {
  return renameMapEntry(text, step, 'map', old, name);
}

export function setKeep(text: string, step: string, keep: boolean): string {
  return keep
    ? setMapEntry(text, step, 'map', KEEP, 'keep')
    : removeMapEntry(text, step, 'map', KEEP);
}

/** Several entries as one edit; what is there keeps its place and its comments. */
export function setExpressions(
  text: string,
  step: string,
  expressions: ReadonlyMap<string, string>,
): string {
  const [first] = expressions;
  if (!first) return text;
  return expressions.size === 1
    ? setExpression(text, step, ...first)
    : setAll(text, step, expressions);
}

/** What taking a source column for a target writes. */
export function taking(sources: readonly FieldInfo[], source: string, target?: FieldInfo): string {
  const field = sources.find(({ name }) => name === source);
  return field && target ? takenAs(field, target.type) : sqlName(source);
}

/** Takes over proposals for rows that have nothing yet. */
export function accepting(
  rows: readonly TargetRow[],
  sources: readonly FieldInfo[],
  accepts: (proposal: Proposal) => boolean,
): Map<string, string> {
  return expressionsFor(rows, sources, ({ proposal }) => {
    return proposal?.source && accepts(proposal) ? proposal.source : undefined;
  });
}

/** Gives every open row the source column of the same name, whatever its case and underscores. */
export function byName(
  rows: readonly TargetRow[],
  sources: readonly FieldInfo[],
): Map<string, string> {
  return expressionsFor(rows, sources, (row) => {
    const exact = sources.find(({ name }) => name === row.name);
    return (exact ?? sources.find(({ name }) => sameWord(name, row.name)))?.name;
  });
}

/** Gives the open rows, from above, the source columns that nothing uses yet. */
export function byOrder(
  rows: readonly TargetRow[],
  sources: readonly FieldInfo[],
  uses: ReadonlyMap<string, number>,
): Map<string, string> {
  const free = sources.filter(({ name }) => !uses.has(name)).map(({ name }) => name);
  return expressionsFor(rows, sources, () => free.shift());
}

function expressionsFor(
  rows: readonly TargetRow[],
  sources: readonly FieldInfo[],
  choose: (row: TargetRow) => string | undefined,
): Map<string, string> {
  const found = new Map<string, string>();
  for (const row of rows) {
    const source = isOpen(row) ? choose(row) : undefined;
    if (source !== undefined) found.set(row.name, taking(sources, source, row.column));
  }
  return found;
}

/** Lets an expression read another column in the place of one that is gone. */
export function remap(
  text: string,
  step: string,
  row: TargetRow,
  old: string,
  source: string,
): string {
  const sql = renameColumn(row.expression ?? '', old, source);
  return setExpression(text, step, row.name, sql);
}
