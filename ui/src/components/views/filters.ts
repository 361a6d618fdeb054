import type { Filters } from '../../client/place';

/** What of a list's filters is set. */
export function setOf(keys: string[], values: Filters): Filters {
  return Object.fromEntries(
    keys.flatMap((key) => (values[key] ? [[key, values[key]] as const] : [])),
  );
}

export function isSame(one: Filters, other: Filters): boolean {
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => one[key] === other[key]);
}

/** The change that leaves exactly these filters set; words a list no longer knows are passed over. */
export function changeTo(keys: string[], filters: Filters): Filters {
  return Object.fromEntries(keys.map((key) => [key, filters[key] ?? '']));
}
