/** Cuts SQL into words, quoted names and signs, as the engine does; see its SqlTokens. */

export type TokenKind = 'word' | 'quoted' | 'sign' | 'value';

export interface SqlToken {
  kind: TokenKind;
  /** A word as written, a quoted name without its quotes. */
  text: string;
  from: number;
  to: number;
}

const WORD = /[\p{L}\p{Nd}_\u{10000}-\u{10FFFF}]/u;

export function sqlTokens(sql: string): SqlToken[] {
  const tokens: SqlToken[] = [];
  let at = 0;
  while (at < sql.length) {
    const skipped = skipSpace(sql, at);
    if (skipped > at) {
      at = skipped;
      continue;
    }
    const token = next(sql, at);
    tokens.push(token);
    at = token.to;
  }
  return tokens;
}

function skipSpace(sql: string, at: number): number {
  if (/\s/.test(sql[at] ?? '')) return at + 1;
  if (sql.startsWith('--', at)) return after(sql, '\n', at + 2);
  if (sql.startsWith('/*', at)) return after(sql, '*/', at + 2);
  return at;
}

function after(sql: string, end: string, from: number): number {
  const found = sql.indexOf(end, from);
  return found < 0 ? sql.length : found + end.length;
}

function next(sql: string, from: number): SqlToken {
  const sign = sql[from] ?? '';
  if (sign === "'") return quoted(sql, from, "'", 'value');
  if (sign === '"') return quoted(sql, from, '"', 'quoted');
  if (sign === '$') {
    const to = dollarEnd(sql, from);
    if (to > from) return { kind: 'value', text: '', from, to };
  }
  const to = wordEnd(sql, from);
  if (to > from) {
    const kind = /\p{Nd}/u.test(sign) ? 'value' : 'word';
    return { kind, text: sql.slice(from, to), from, to };
  }
  return { kind: 'sign', text: sign, from, to: from + 1 };
}

function wordEnd(sql: string, from: number): number {
  let at = from;
  while (at < sql.length) {
    const sign = String.fromCodePoint(sql.codePointAt(at) ?? 32);
    if (!WORD.test(sign)) break;
    at += sign.length;
  }
  return at;
}

/** A doubled quote inside stands for one. */
function quoted(sql: string, from: number, quote: string, kind: TokenKind): SqlToken {
  let text = '';
  let at = from + 1;
  while (at < sql.length) {
    if (sql[at] !== quote) text += sql[at++];
    else if (sql[at + 1] === quote) {
      text += quote;
      at += 2;
    } else {
      at++;
      break;
    }
  }
  return { kind, text, from, to: at };
}

/** The end of `$tag$ … $tag$`, or where it began when it is none. */
function dollarEnd(sql: string, from: number): number {
  const end = wordEnd(sql, from + 1);
  if (sql[end] !== '$') return from;
  return after(sql, sql.slice(from, end + 1), end + 1);
}
