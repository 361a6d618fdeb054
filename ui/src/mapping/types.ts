import { sqlName } from '../document/sqlTables';
import type { FieldInfo } from '../client/types';

/** Types as Mortise names them, and how values go from one to another. */

const SQL: Record<string, string> = {
  bool: 'boolean',
  int8: 'tinyint',
  int16: 'smallint',
  int32: 'integer',
  int64: 'bigint',
  uint64: 'ubigint',
  float32: 'real',
  float64: 'double',
  text: 'varchar',
  bytes: 'blob',
};

/** What a type offers to cast to is called in SQL. */
export const CAST_TYPES: readonly string[] = [
  ...Object.values(SQL),
  'decimal(18,2)',
  'date',
  'time',
  'timestamp',
  'timestamptz',
  'uuid',
  'json',
];

export function sqlType(type: string): string {
  return SQL[type] ?? type;
}

interface Digits {
  before: number;
  after: number;
}

function decimalOf(type: string): Digits | undefined {
  const found = /^decimal\((\d+)(?:,\s*(\d+))?\)$/.exec(type);
  if (!found) return undefined;
  const after = Number(found[2] ?? 0);
  return { before: Number(found[1]) - after, after };
}

const WHOLES = ['int8', 'int16', 'int32', 'int64'];

/** Whether every value goes over as it is; unknown types are not judged. */
export function fits(from: string, to: string): boolean {
  if (from === to || from === '' || to === '') return true;
  const small = decimalOf(from);
  const large = decimalOf(to);
  if (small && large) return small.before <= large.before && small.after <= large.after;
  const at = WHOLES.indexOf(from);
  return at >= 0 && at < WHOLES.indexOf(to);
}

export function isNumeric(type: string): boolean {
  return /^(u?int|float|decimal)/.test(type);
}

export type TypeFamily = 'number' | 'text' | 'time' | 'truth' | 'other';

/** What the badge of a type looks like. */
export function familyOf(type: string): TypeFamily {
  if (isNumeric(type)) return 'number';
  if (type === 'text' || type === 'json' || type === 'uuid') return 'text';
  if (/^(date|time)/.test(type)) return 'time';
  return type === 'bool' ? 'truth' : 'other';
}

/** The column as the target wants it: itself, or cast when its values would not go over. */
export function takenAs(source: FieldInfo, targetType: string): string {
  const column = sqlName(source.name);
  if (fits(source.type, targetType)) return column;
  const compact =
    source.type === 'text' &&
    targetType === 'date' &&
    source.samples.length > 0 &&
    source.samples.every((sample) => /^\d{8}$/.test(sample));
  const value = compact ? `strptime(${column}, '%Y%m%d')` : column;
  return `cast(${value} as ${sqlType(targetType)})`;
}

/**
 * Whether a row cannot be written without a value for a column. `filled`: its system gives it one
 * where none is written, by a default or an identity.
 */
export function isNeeded({ nullable, filled }: { nullable?: boolean; filled?: boolean }): boolean {
  return nullable === false && !filled;
}
