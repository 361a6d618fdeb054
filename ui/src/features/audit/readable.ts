/** What an entry holds as text for people: a document as its own text, other things as JSON. */
export function readable(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'string') return JSON.stringify(value, null, 2);
  try {
    const inner: unknown = JSON.parse(value);
    return typeof inner === 'object' ? readable(inner) : value;
  } catch {
    return value;
  }
}
