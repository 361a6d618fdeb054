import type { FieldInfo, Proposal } from '../client/types';
import { findStep } from '../document/flow';
import { flowOf } from './flowOf';
import { columnOf, columnsIn, literalOf, unknownIn } from './sql';
import { fits, isNeeded } from './types';

export const KEEP = '*';

/** The `map` of a step as written: its entries in order, and whether the other columns go along. */
export interface Mapping {
  entries: ReadonlyMap<string, string>;
  keep: boolean;
}

/** What becomes of a target column. */
export type Fate =
  | 'complete'
  | 'kept'
  | 'constant'
  | 'transformed'
  | 'unsafe'
  | 'missing'
  | 'required'
  | 'open';

export interface TargetRow {
  name: string;
  /** Undefined where the target has no such column, or nothing is known about the target. */
  column: FieldInfo | undefined;
  /** Undefined when nothing is mapped to it; a kept column has no expression of its own. */
  expression: string | undefined;
  /** The source columns it is made of. */
  sources: string[];
  /** Names its expression reads that the source does not have (any more). */
  missing: string[];
  fate: Fate;
  proposal: Proposal | undefined;
}

export type LineKind = 'complete' | 'transformed' | 'unsafe' | 'proposed';

export interface Line {
  source: string;
  target: string;
  kind: LineKind;
}

export function readMapping(text: string, step: string): Mapping {
  const map = findStep(flowOf(text), step)?.settings.get('map');
  const entries = new Map<string, string>();
  if (!(map instanceof Map)) return { entries, keep: false };
  for (const [name, value] of map) {
    if (name !== KEEP) entries.set(name, typeof value === 'string' ? value : '');
  }
  return { entries, keep: map.has(KEEP) };
}

/** The source columns that `'*': keep` carries through: neither named nor taken as they are. */
export function keptColumns({ entries, keep }: Mapping, sources: readonly string[]): string[] {
  if (!keep) return [];
  const taken = new Set([...entries.values()].flatMap((sql) => columnOf(sql)?.toLowerCase() ?? []));
  return sources.filter((name) => !entries.has(name) && !taken.has(name.toLowerCase()));
}

export interface Known {
  sources: readonly FieldInfo[];
  /** Undefined without a write step below: then the entries themselves are the target. */
  targets: readonly FieldInfo[] | undefined;
  proposals: ReadonlyMap<string, Proposal>;
  /** Types of expressions as the server found them. */
  types: Readonly<Record<string, string>>;
}

export function rowsOf(mapping: Mapping, known: Known): TargetRow[] {
  const sources = new Map(known.sources.map((source) => [source.name, source]));
  const names = [...sources.keys()];
  const kept = new Set(keptColumns(mapping, names));
  const targets = new Map(known.targets?.map((target) => [target.name, target]) ?? []);
  const all = new Set([...targets.keys(), ...mapping.entries.keys()]);
  if (!known.targets) for (const name of kept) all.add(name);
  return [...all].map((name) => {
    const column = targets.get(name);
    const expression = mapping.entries.get(name);
    const proposal = known.proposals.get(name);
    const row = { name, column, expression, proposal, missing: [] as string[] };
    if (expression === undefined) return { ...row, ...unmapped(column, kept, sources, name) };
    const missing = names.length === 0 ? [] : unknownIn(expression, names);
    const read = columnsIn(expression, names);
    const type = typeOf(expression, read, sources) ?? known.types[name] ?? '';
    const fate = missing.length > 0 ? 'missing' : fateOf(expression, type, column?.type ?? '');
    return { ...row, sources: read, missing, fate };
  });
}

type Sources = ReadonlyMap<string, FieldInfo>;

function unmapped(
  column: FieldInfo | undefined,
  kept: ReadonlySet<string>,
  sources: Sources,
  name: string,
): { sources: string[]; fate: Fate } {
  if (!kept.has(name))
    return { sources: [], fate: column && isNeeded(column) ? 'required' : 'open' };
  const safe = fits(sources.get(name)?.type ?? '', column?.type ?? '');
  return { sources: [name], fate: safe ? 'kept' : 'unsafe' };
}

function typeOf(sql: string, read: string[], sources: Sources): string | undefined {
  return columnOf(sql) === undefined ? undefined : sources.get(read[0] ?? '')?.type;
}

function fateOf(sql: string, type: string, target: string): Fate {
  if (literalOf(sql)) return 'constant';
  if (!fits(type, target)) return 'unsafe';
  return columnOf(sql) === undefined ? 'transformed' : 'complete';
}

/** Whether a proposal is still worth showing for a row. */
export function isOpen({ fate }: TargetRow): boolean {
  return fate === 'required' || fate === 'open' || fate === 'missing';
}

const KINDS: Partial<Record<Fate, LineKind>> = {
  complete: 'complete',
  kept: 'complete',
  transformed: 'transformed',
  unsafe: 'unsafe',
  missing: 'unsafe',
};

export function linesOf(rows: readonly TargetRow[]): Line[] {
  return rows.flatMap((row) => {
    const kind = KINDS[row.fate];
    const drawn = row.sources.flatMap((source): Line[] =>
      kind ? [{ source, target: row.name, kind }] : [],
    );
    const proposed = isOpen(row) && drawn.length === 0 ? row.proposal?.source : undefined;
    if (proposed) drawn.push({ source: proposed, target: row.name, kind: 'proposed' });
    return drawn;
  });
}

/** How many targets each source column goes to. */
export function usesOf(rows: readonly TargetRow[]): Map<string, number> {
  const uses = new Map<string, number>();
  for (const { sources } of rows) {
    for (const source of sources) uses.set(source, (uses.get(source) ?? 0) + 1);
  }
  return uses;
}
