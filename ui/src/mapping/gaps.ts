import { keptColumns, readMapping } from './state';
import { isNeeded } from './types';

export interface TargetColumn {
  name: string;
  nullable: boolean;
  filled?: boolean;
}

/**
 * The target columns that must have a value and get none from this mapping. They stop a flow from
 * being published, not from being saved. Where `'*': keep` stands and the source is not known,
 * nothing is claimed to be missing.
 */
export function mappingGaps(
  text: string,
  step: string,
  targetColumns: readonly TargetColumn[],
  sourceColumns?: readonly string[],
): string[] {
  const mapping = readMapping(text, step);
  if (mapping.keep && !sourceColumns) return [];
  const given = new Set([...mapping.entries.keys(), ...keptColumns(mapping, sourceColumns ?? [])]);
  return targetColumns
    .filter((column) => isNeeded(column) && !given.has(column.name))
    .map(({ name }) => name);
}
