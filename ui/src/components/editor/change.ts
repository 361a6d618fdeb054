import type { ChangeSpec } from '@codemirror/state';

/** The least that makes one text of another: an editor keeps what it knows of all the rest. */
export function changeTo(old: string, text: string): ChangeSpec {
  const shorter = Math.min(old.length, text.length);
  let from = 0;
  while (from < shorter && old.charCodeAt(from) === text.charCodeAt(from)) from++;
  let same = 0;
  const tail = shorter - from;
  while (same < tail && old.at(-1 - same) === text.at(-1 - same)) same++;
  return { from, to: old.length - same, insert: text.slice(from, text.length - same) };
}
