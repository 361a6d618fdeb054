/** Which lines are selected, kept the same set while nothing about them changes. */

export function sameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((one) => b.has(one));
}

export function pickedAfter(before: ReadonlySet<string>, changes: { type: string }[]) {
  const now = new Set(before);
  for (const change of changes as { type: string; id: string; selected?: boolean }[]) {
    if (change.type !== 'select') continue;
    if (change.selected) now.add(change.id);
    else now.delete(change.id);
  }
  return sameSet(before, now) ? before : now;
}
