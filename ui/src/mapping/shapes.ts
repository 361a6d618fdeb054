import { callOf, caseOf, castOf, columnOf, literalOf, textSql } from './sql';

/**
 * Expressions that have a form of their own. `of`, `parts`, `value` and the arms of a lookup are
 * SQL as written; what a form writes is read back as the very same form.
 */
export type Shape =
  | { kind: 'column'; of: string }
  | { kind: 'constant'; value: string }
  | { kind: 'cast'; of: string; type: string; lenient: boolean }
  | { kind: 'default'; of: string; value: string }
  | { kind: 'format_date'; of: string; format: string }
  | { kind: 'parse_date'; of: string; format: string; as: 'date' | 'timestamp'; lenient: boolean }
  | { kind: 'concat'; parts: string[]; separator: string }
  | { kind: 'split'; of: string; separator: string; index: number }
  | { kind: 'lookup'; of: string; pairs: [when: string, then: string][]; otherwise?: string }
  | { kind: 'hash'; of: string; algorithm: 'sha256' | 'md5'; fromText: boolean }
  | { kind: 'sql'; sql: string };

export type ShapeKind = Shape['kind'];

export const SHAPES: readonly ShapeKind[] = [
  'column',
  'constant',
  'cast',
  'default',
  'format_date',
  'parse_date',
  'concat',
  'split',
  'lookup',
  'hash',
  'sql',
];

export function writeShape(shape: Shape): string {
  switch (shape.kind) {
    case 'column':
      return shape.of;
    case 'constant':
      return shape.value;
    case 'cast':
      return `${shape.lenient ? 'try_cast' : 'cast'}(${shape.of} as ${shape.type})`;
    case 'default':
      return `coalesce(${shape.of}, ${shape.value})`;
    case 'format_date':
      return `strftime(${shape.of}, ${textSql(shape.format)})`;
    case 'parse_date':
      return parseSql(shape.of, shape.format, shape.as, shape.lenient);
    case 'concat':
      return shape.separator === ''
        ? `concat(${shape.parts.join(', ')})`
        : `concat_ws(${[textSql(shape.separator), ...shape.parts].join(', ')})`;
    case 'split':
      return `split_part(${shape.of}, ${textSql(shape.separator)}, ${shape.index})`;
    case 'lookup':
      return lookupSql(shape.of, shape.pairs, shape.otherwise);
    case 'hash': {
      const text = shape.fromText ? shape.of : `cast(${shape.of} as varchar)`;
      return `${shape.algorithm}(${text})`;
    }
    case 'sql':
      return shape.sql;
  }
}

function parseSql(of: string, format: string, as: string, lenient: boolean): string {
  const parsed = `${lenient ? 'try_strptime' : 'strptime'}(${of}, ${textSql(format)})`;
  return as === 'timestamp' ? parsed : `cast(${parsed} as ${as})`;
}

function lookupSql(of: string, pairs: [string, string][], otherwise?: string): string {
  const arms = pairs.map(([when, then]) => `when ${when} then ${then}`);
  const rest = otherwise === undefined ? [] : [`else ${otherwise}`];
  return ['case', of, ...arms, ...rest, 'end'].join(' ');
}

export function readShape(sql: string): Shape {
  const text = sql.trim();
  if (literalOf(text)) return { kind: 'constant', value: text };
  if (columnOf(text) !== undefined) return { kind: 'column', of: text };
  const lookup = caseOf(text);
  if (lookup) {
    const { of, pairs, otherwise } = lookup;
    return { kind: 'lookup', of, pairs, ...(otherwise === undefined ? {} : { otherwise }) };
  }
  return readCall(text) ?? { kind: 'sql', sql };
}

function readCall(sql: string): Shape | undefined {
  const call = callOf(sql);
  if (!call) return undefined;
  const { name, args } = call;
  const [first = '', second = '', third = ''] = args;
  switch (name) {
    case 'cast':
    case 'try_cast':
      return args.length === 1 ? readCast(first, name === 'try_cast') : undefined;
    case 'coalesce':
      return args.length === 2 ? { kind: 'default', of: first, value: second } : undefined;
    case 'strftime':
      return textArg(args, 2, (format) => ({ kind: 'format_date', of: first, format }));
    case 'strptime':
    case 'try_strptime':
      return readParsed(sql, 'timestamp');
    case 'concat':
      return args.length > 0 ? { kind: 'concat', parts: args, separator: '' } : undefined;
    case 'concat_ws':
      return readJoined(args);
    case 'split_part':
      return args.length === 3 && /^\d+$/.test(third)
        ? textArg(args.slice(0, 2), 2, (separator) => {
            return { kind: 'split', of: first, separator, index: Number(third) };
          })
        : undefined;
    case 'sha256':
    case 'md5':
      return args.length === 1 ? readHash(first, name) : undefined;
    default:
      return undefined;
  }
}

/** When the last of so many arguments is a text. */
function textArg(args: string[], count: number, make: (text: string) => Shape): Shape | undefined {
  const literal = literalOf(args[count - 1] ?? '');
  return args.length === count && literal?.kind === 'text' ? make(literal.text) : undefined;
}

function readCast(inner: string, lenient: boolean): Shape | undefined {
  const cast = castOf(inner);
  if (!cast) return undefined;
  const parsed = /^date$/i.test(cast.type) && !lenient ? readParsed(cast.of, 'date') : undefined;
  return parsed ?? { kind: 'cast', ...cast, lenient };
}

function readParsed(sql: string, as: 'date' | 'timestamp'): Shape | undefined {
  const call = callOf(sql);
  if (call?.name !== 'strptime' && call?.name !== 'try_strptime') return undefined;
  const lenient = call.name === 'try_strptime';
  return textArg(call.args, 2, (format) => {
    return { kind: 'parse_date', of: call.args[0] ?? '', format, as, lenient };
  });
}

function readJoined(args: string[]): Shape | undefined {
  const separator = literalOf(args[0] ?? '');
  // An empty separator would be written back as another function.
  if (separator?.kind !== 'text' || separator.text === '' || args.length < 2) return undefined;
  return { kind: 'concat', parts: args.slice(1), separator: separator.text };
}

function readHash(first: string, algorithm: 'sha256' | 'md5'): Shape {
  const call = callOf(first);
  const cast = call?.name === 'cast' ? castOf(call.args[0] ?? '') : undefined;
  if (cast && /^varchar$/i.test(cast.type)) {
    return { kind: 'hash', of: cast.of, algorithm, fromText: false };
  }
  return { kind: 'hash', of: first, algorithm, fromText: true };
}
