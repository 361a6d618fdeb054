import type { FieldInfo, Proposal } from '../client/types';

/** Which source column a name that is gone may have become. */

function letters(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{Nd}]/gu, '');
}

export function sameWord(a: string, b: string): boolean {
  return letters(a) === letters(b) && letters(a) !== '';
}

function pairs(name: string): string[] {
  const text = letters(name);
  const found: string[] = [];
  for (let i = 0; i + 1 < text.length; i++) found.push(text.slice(i, i + 2));
  return found;
}

/** From 0 to 1, by the pairs of letters two names share. */
export function likeness(a: string, b: string): number {
  if (sameWord(a, b)) return 1;
  const left = pairs(a);
  const right = pairs(b);
  if (left.length === 0 || right.length === 0) return 0;
  const rest = new Map<string, number>();
  for (const pair of left) rest.set(pair, (rest.get(pair) ?? 0) + 1);
  let shared = 0;
  for (const pair of right) {
    const count = rest.get(pair) ?? 0;
    if (count > 0) shared++;
    rest.set(pair, count - 1);
  }
  return (2 * shared) / (left.length + right.length);
}

const TELLING = 0.4;
const OFFERED = 3;

/**
 * Candidates for a column that is gone, best first. A renamed column is mostly one that nothing uses
 * yet; what the server proposes for the target counts before the likeness of the names.
 */
export function successors(
  old: string,
  sources: readonly FieldInfo[],
  uses: ReadonlyMap<string, number>,
  proposal: Proposal | undefined,
): string[] {
  const said = new Map<string, number>();
  for (const { source, score } of proposal?.alternatives ?? []) said.set(source, score / 100);
  if (proposal?.source) said.set(proposal.source, proposal.score / 100);
  const scored = sources.map(({ name }) => {
    const free = uses.has(name) ? 0 : 0.1;
    return { name, score: Math.max(likeness(old, name), said.get(name) ?? 0) + free };
  });
  return scored
    .filter(({ score }) => score >= TELLING + 0.1)
    .sort((a, b) => b.score - a.score)
    .slice(0, OFFERED)
    .map(({ name }) => name);
}
