/** A value of a rejected row as text; null is told apart from an empty text. */
export function shown(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export type Field = { name: string; text: string; isNull: boolean };

export function fieldsOf(row: Record<string, unknown>): Field[] {
  return Object.entries(row).map(([name, value]) => ({
    name,
    text: value === null || value === undefined ? '' : shown(value),
    isNull: value === null || value === undefined,
  }));
}

/**
 * The row the fields describe. A value nobody touched goes back as it came; one that was a number or
 * a truth value stays one where its text still is.
 */
export function rowOf(fields: Field[], before: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    fields.map(({ name, text, isNull }) => {
      const old = before[name];
      if (isNull) return [name, null];
      if (old !== null && old !== undefined && shown(old) === text) return [name, old];
      return [name, typeof old === 'string' || old === null ? text : parsed(text)];
    }),
  );
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    // A number too long for JavaScript stays text: it must not lose digits on the way.
    return typeof value === 'number' && String(value) !== text ? text : value;
  } catch {
    return text;
  }
}
