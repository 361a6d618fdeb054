import type { RejectedRow } from '../../client/types';

/** A value of a rejected row as text; null is told apart from an empty text. */
export function shown(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

type Refused = Pick<RejectedRow, 'column' | 'message' | 'row'>;

/**
 * The column of the row at fault. A step that makes columns names the one it would have made; of the
 * row it was given, that with the value the message quotes is meant, where only one has it.
 */
export function culpritOf({ column, message, row }: Refused): string | undefined {
  if (column && column in row) return column;
  const quoted = Object.keys(row).filter((name) => {
    const value = row[name];
    return value !== null && value !== undefined && message.includes(`"${shown(value)}"`);
  });
  return quoted.length === 1 ? quoted[0] : undefined;
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
