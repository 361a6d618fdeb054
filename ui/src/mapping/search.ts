import { match } from 'pinyin-pro';
import type { FieldInfo } from '../client/types';
import { isOpen, type TargetRow } from './state';

/** Finds fields by a part of the name or the comment, Chinese ones by pinyin or its initials too. */
export function finds(query: string, name: string, comment?: string | null): boolean {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return true;
  if (name.toLowerCase().includes(wanted)) return true;
  if (!comment) return false;
  if (comment.toLowerCase().includes(wanted)) return true;
  return /^[a-z]+$/.test(wanted) && match(comment, wanted, { continuous: true }) !== null;
}

export function findFields(query: string, fields: readonly FieldInfo[]): FieldInfo[] {
  return fields.filter(({ name, comment }) => finds(query, name, comment));
}

export type RowFilter = 'all' | 'unmapped' | 'problems';

/** @param failing targets whose sample values do not go over */
export function findRows(
  query: string,
  rows: readonly TargetRow[],
  filter: RowFilter = 'all',
  failing: ReadonlySet<string> = new Set(),
): TargetRow[] {
  return rows.filter((row) => {
    if (filter === 'unmapped' && !isOpen(row)) return false;
    if (filter === 'problems' && !isTroubled(row) && !failing.has(row.name)) return false;
    return finds(query, row.name, row.column?.comment) || row.sources.some((s) => finds(query, s));
  });
}

export function isTroubled({ fate }: TargetRow): boolean {
  return fate === 'required' || fate === 'missing' || fate === 'unsafe';
}
