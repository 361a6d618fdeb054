import { stringify } from 'yaml';
import { setVerify } from '../../document/steps';

export type Mode = 'append' | 'upsert' | 'replace';

/** A table on its way into another: all that its flow says. */
export interface Move {
  name: string;
  /** `connection.dataset`, as in a document. */
  from: string;
  to: string;
  entries: ReadonlyMap<string, string>;
  mode: Mode;
  key: readonly string[];
}

export const MAPPED = 'mapped';

const FILE = /\.(csv|tsv|txt|jsonl?|ndjson|parquet|xlsx?)$/i;

/** The last word of a dataset's name, as the name of a step or a new table. */
export function lastWord(dataset: string): string {
  const word = dataset
    .replace(FILE, '')
    .split(/[./\\]/)
    .filter(Boolean)
    .at(-1);
  return word?.replace(/[^\p{L}\p{Nd}_-]+/gu, '_') || 'rows';
}

/** Steps that read, map and write are three, whatever the two tables are called. */
export function stepNames({ from, to }: Pick<Move, 'from' | 'to'>): [source: string, sink: string] {
  const taken = (word: string, ...others: string[]) =>
    others.some((other) => other.toLowerCase() === word.toLowerCase());
  const source = taken(lastWord(from), MAPPED) ? `${lastWord(from)}_read` : lastWord(from);
  const target = lastWord(to);
  return [source, taken(target, source, MAPPED) ? `${target}_written` : target];
}

/** An ordinary flow: read, map, write, and compare afterwards. */
export function moveText({ name, from, to, entries, mode, key }: Move): string {
  const [source, sink] = stepNames({ from, to });
  const write: Record<string, unknown> = { from: MAPPED, write: to, mode };
  if (mode === 'upsert') write.key = [...key];
  const flow = {
    flow: name,
    steps: {
      [source]: { read: from },
      [MAPPED]: { from: source, map: new Map(entries) },
      [sink]: write,
    },
  };
  return setVerify(stringify(flow, { lineWidth: 0 }), 'full');
}

/** How rows get in by default: over those of the same key, else beside what is there. */
export function likelyMode(isNew: boolean, key: readonly string[], entries: Move['entries']): Mode {
  const keyed = key.length > 0 && key.every((name) => entries.has(name));
  if (keyed) return 'upsert';
  return isNew ? 'replace' : 'append';
}

/** A name for the flow that no other has. */
export function moveName(from: string, to: string, taken: readonly string[]): string {
  const connection = to.split('.')[0] ?? '';
  const stem = `${lastWord(from)}-to-${connection}`;
  const used = new Set(taken);
  if (!used.has(stem)) return stem;
  let number = 2;
  while (used.has(`${stem}-${number}`)) number++;
  return `${stem}-${number}`;
}
