import type { FieldInfo } from '../client/types';
import { setExpressions } from './edits';
import { successors } from './likely';
import { renameColumn } from './sql';
import { readMapping, rowsOf, usesOf } from './state';

/** A column that a mapping reads and its source has no more. */
export interface Gone {
  step: string;
  name: string;
  /** Target columns made of it. */
  targets: string[];
  /** What it probably is called now, best first; empty when nothing is like it. */
  likely: string[];
}

type Source = Pick<FieldInfo, 'name' | 'type'> & { nullable?: boolean };

/** @param sources columns that arrive at the step; without any nothing is claimed to be gone */
export function goneColumns(text: string, step: string, sources: readonly Source[]): Gone[] {
  if (sources.length === 0) return [];
  const fields = sources.map(
    ({ name, type, nullable = true }): FieldInfo => ({
      name,
      type,
      nullable,
      samples: [],
      key: false,
    }),
  );
  const known = { sources: fields, targets: undefined, proposals: new Map(), types: {} };
  const rows = rowsOf(readMapping(text, step), known);
  const uses = usesOf(rows);
  const names = new Set(rows.flatMap(({ missing }) => missing));
  return [...names].map((name) => ({
    step,
    name,
    targets: rows.filter(({ missing }) => missing.includes(name)).map((row) => row.name),
    likely: successors(name, fields, uses, undefined),
  }));
}

/** Lets everything in the mapping that reads a column which is gone read another one. */
export function replaceColumn(text: string, gone: Gone, source: string): string {
  const { entries } = readMapping(text, gone.step);
  const changed = gone.targets.map((target): [string, string] => [
    target,
    renameColumn(entries.get(target) ?? '', gone.name, source),
  ]);
  return setExpressions(text, gone.step, new Map(changed));
}
