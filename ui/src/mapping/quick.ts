import { sqlName } from '../document/sqlTables';
import type { Shape, ShapeKind } from './shapes';
import { literalOf, textSql } from './sql';
import { isNumeric, sqlType } from './types';

/** What the forms for expressions begin with, and how they show the SQL in them. */

export const DATE_FORMATS: readonly string[] = [
  '%Y-%m-%d',
  '%Y/%m/%d',
  '%Y%m%d',
  '%Y-%m-%d %H:%M:%S',
  '%Y%m%d%H%M%S',
  '%Y-%m',
  '%Y年%m月%d日',
];

/** The text of a literal; SQL that is no literal stays as it is. */
export function literalText(sql: string): string {
  const literal = literalOf(sql);
  return literal ? literal.text : sql;
}

/** What was typed as a literal: bare where a number is wanted and given, else a text. */
export function literalSql(typed: string, type: string): string {
  const literal = literalOf(typed);
  if (literal?.kind === 'number' && isNumeric(type)) return typed.trim();
  if (literal?.text === 'null' && literal.kind === 'word') return 'null';
  if (literal?.kind === 'word' && type === 'bool') return literal.text;
  return textSql(typed);
}

/** What a form works on. */
export function operandOf(shape: Shape): string | undefined {
  if (shape.kind === 'constant' || shape.kind === 'sql') return undefined;
  return shape.kind === 'concat' ? shape.parts[0] : shape.of;
}

export interface Around {
  /** A column to begin with where the expression had none. */
  column: string | undefined;
  targetType: string;
  /** The type of a column, by what is written for it. */
  typeOf: (operand: string) => string;
  /** The expression as it is. */
  sql: string;
}

/** Another form for the same target: it goes on working on what the last one worked on. */
export function beginShape(kind: ShapeKind, old: Shape, around: Around): Shape {
  const first = around.column === undefined ? 'null' : sqlName(around.column);
  const of = operandOf(old) ?? first;
  const { targetType } = around;
  switch (kind) {
    case 'column':
      return { kind, of };
    case 'constant':
      return { kind, value: old.kind === 'constant' ? old.value : literalSql('', targetType) };
    case 'cast':
      return { kind, of, type: sqlType(targetType || 'text'), lenient: false };
    case 'default':
      return { kind, of, value: literalSql(isNumeric(targetType) ? '0' : '', targetType) };
    case 'format_date':
      return { kind, of, format: '%Y-%m-%d' };
    case 'parse_date': {
      const as = targetType.startsWith('timestamp') ? 'timestamp' : 'date';
      return { kind, of, format: '%Y-%m-%d', as, lenient: false };
    }
    case 'concat':
      return { kind, parts: [of], separator: '' };
    case 'split':
      return { kind, of, separator: '-', index: 1 };
    case 'lookup':
      return { kind, of, pairs: [["''", "''"]], otherwise: 'null' };
    case 'hash':
      return { kind, of, algorithm: 'sha256', fromText: around.typeOf(of) === 'text' };
    case 'sql':
      return { kind, sql: around.sql };
  }
}
