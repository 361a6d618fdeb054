import type { Option } from '../client/types';
import { readOptions, removeOption, setOption } from '../document/connection';
import type { Entries, Path, Value } from '../document/parse';
import { EditRefused } from '../document/refused';

/** Objects among the options of a connector: which parts apply, and edits of the text by parts. */

export const ANY = '*';

export function isEntries(value: Value | undefined): value is Entries {
  return value instanceof Map;
}

export function valueAt(values: Entries, path: Path): Value | undefined {
  let value: Value | undefined = values;
  for (const part of path) value = isEntries(value) ? value.get(String(part)) : undefined;
  return value;
}

/** What is written for a part, or holds without being written. */
function wordOf(parts: Option[], values: Entries, name: string): string | undefined {
  const value = values.get(name);
  if (typeof value === 'string' && value !== '') return value;
  const open = parts.find((part) => part.name === name && part.fallback && holds(part));
  return open?.fallback ?? undefined;

  function holds(part: Option): boolean {
    return Object.entries(part.when ?? {}).every(
      ([sibling, words]) =>
        sibling !== name && words.includes(wordOf(parts, values, sibling) ?? ''),
    );
  }
}

/** The parts that may stand beside what is written. */
export function applying(parts: Option[], values: Entries): Option[] {
  return parts.filter((part) =>
    Object.entries(part.when ?? {}).every(([sibling, words]) =>
      words.includes(wordOf(parts, values, sibling) ?? ''),
    ),
  );
}

/** The part that says which kind of object it is. */
export function chooserOf({ parts }: Option): Option | undefined {
  const first = parts?.[0];
  return first?.kind === 'choice' && first.required ? first : undefined;
}

/** Written names that no part stands for: the form leaves them to the text. */
export function strangers(option: Option, values: Entries): string[] {
  const known = applying(option.parts ?? [], values).map(({ name }) => name);
  return known.includes(ANY) ? [] : [...values.keys()].filter((name) => !known.includes(name));
}

/** Writes one place, or takes it out; an object that nothing is left of goes with it. */
export function setPart(text: string, path: Path, value: Value | undefined): string {
  try {
    return value === undefined ? removed(text, path) : setOption(text, path, value);
  } catch (refused) {
    // Anchors and the like: what cannot be edited safely is left to its author's hand.
    if (refused instanceof EditRefused) return text;
    throw refused;
  }
}

function removed(text: string, path: Path): string {
  const parent = path.slice(0, -1);
  const holder = valueAt(readOptions(text), parent);
  const last = isEntries(holder) && holder.size === 1 && holder.has(String(path.at(-1)));
  return parent.length > 0 && last ? removed(text, parent) : removeOption(text, path);
}

/**
 * Chooses a word on which other parts depend. Parts that apply no longer are taken out, since the
 * server knows them no longer; what the connector never described stays.
 */
export function choosePart(
  text: string,
  path: Path,
  option: Option,
  name: string,
  word: string | undefined,
): string {
  let next = setPart(text, [...path, name], word);
  const parts = option.parts ?? [];
  for (let before = ''; before !== next; ) {
    before = next;
    const values = valueAt(readOptions(next), path);
    if (!isEntries(values)) return next;
    const now = applying(parts, values).map((part) => part.name);
    const gone = parts.find((part) => values.has(part.name) && !now.includes(part.name));
    if (gone) next = setPart(next, [...path, gone.name], undefined);
  }
  return next;
}

/** The name under which the server keeps the secret of a place, as it makes it of saved texts. */
export function secretName(connection: string, path: Path): string {
  const wanted = [connection || 'connection', ...path].join('.').toLowerCase();
  return [...wanted]
    .map((sign) => (/[a-z0-9._-]/.test(sign) ? sign : sign.codePointAt(0)!.toString(16)))
    .join('');
}
