import { sameName, sqlName } from '../document/sqlTables';
import { sqlTokens, type SqlToken } from '../document/sqlTokens';
import { splice } from '../document/text';

/** What can be seen in an expression without understanding all of SQL. */

const listed = (words: string) => new Set(words.split(' '));

/** Words of the language itself: never columns unless quoted. */
const RESERVED = listed(
  'and any as asc between by case cast collate cross desc distinct else end except exclude false ' +
    'from glob group having ilike in intersect is isnull join like not notnull null nulls on or ' +
    'order over partition select similar then trailing leading true try_cast union using when ' +
    'where with without current_date current_time current_timestamp localtime localtimestamp',
);

/** Words with a meaning in some places that are also good names: a column only if there is one. */
const SOFT = listed(
  'at century day days decade epoch escape extract filter first following hour hours interval last ' +
    'microsecond millisecond minute minutes month months offset preceding quarter range replace ' +
    'row rows second seconds some time timestamp to unbounded week weeks year years zone',
);

const isName = (token: SqlToken | undefined) => token?.kind === 'word' || token?.kind === 'quoted';
const isWord = (token: SqlToken | undefined, word: string) =>
  token?.kind === 'word' && sameName(token.text, word);
const isSign = (token: SqlToken | undefined, sign: string) =>
  token?.kind === 'sign' && token.text === sign;

/** A text as SQL writes it. */
export function textSql(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** The column an expression merely names, whole; undefined when it does anything more. */
export function columnOf(sql: string): string | undefined {
  const tokens = sqlTokens(sql);
  const [only] = tokens;
  if (tokens.length !== 1 || !only || !isName(only)) return undefined;
  return only.kind === 'word' && RESERVED.has(only.text.toLowerCase()) ? undefined : only.text;
}

export interface Literal {
  kind: 'text' | 'number' | 'word';
  text: string;
}

const NUMBER = /^[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?$/i;

/** A text, a number, `true`, `false` or `null`. */
export function literalOf(sql: string): Literal | undefined {
  const text = sql.trim();
  if (NUMBER.test(text)) return { kind: 'number', text };
  if (/^(true|false|null)$/i.test(text)) return { kind: 'word', text: text.toLowerCase() };
  const tokens = sqlTokens(text);
  const [only] = tokens;
  if (tokens.length !== 1 || only?.kind !== 'value' || !/^'.*'$/s.test(text)) return undefined;
  return { kind: 'text', text: only.text };
}

/** Where columns may stand: every name that is no function, type, word or qualifier. */
function columnTokens(tokens: SqlToken[]): SqlToken[] {
  return tokens.filter((token, i) => {
    const before = tokens[i - 1];
    const next = tokens[i + 1];
    if (!isName(token) || isSign(next, '(') || isSign(next, '.')) return false;
    if (token.kind === 'quoted') return true;
    if (isWord(before, 'as') || isSign(before, ':')) return false;
    // `date '2026-01-01'`, `interval 1 day`, `extract(day from x)`
    if (next?.kind === 'value' || before?.kind === 'value' || isWord(next, 'from')) return false;
    return !RESERVED.has(token.text.toLowerCase());
  });
}

const lowered = new WeakMap<readonly string[], Map<string, string>>();

/** Of names that differ in case only the first one counts, as in the engine. */
function byLowerCase(names: readonly string[]): Map<string, string> {
  const known = lowered.get(names);
  if (known) return known;
  const made = new Map(names.toReversed().map((name) => [name.toLowerCase(), name]));
  lowered.set(names, made);
  return made;
}

/** The columns an expression reads, in the order they are first named. */
export function columnsIn(sql: string, names: readonly string[]): string[] {
  const known = byLowerCase(names);
  const found = columnTokens(sqlTokens(sql)).flatMap(
    ({ text }) => known.get(text.toLowerCase()) ?? [],
  );
  return [...new Set(found)];
}

/** Names that look like columns and are none of the given; lambdas and lists name their own. */
export function unknownIn(sql: string, names: readonly string[]): string[] {
  if (/->(?!>?\s*')|\blambda\b|[[{]/i.test(sql)) return [];
  const known = byLowerCase(names);
  const found = columnTokens(sqlTokens(sql)).filter(({ kind, text }) => {
    const word = text.toLowerCase();
    return !known.has(word) && !(kind === 'word' && SOFT.has(word));
  });
  return [...new Set(found.map(({ text }) => text))];
}

/** The same expression reading another column; everything else stays as it is written. */
export function renameColumn(sql: string, old: string, name: string): string {
  const cuts = columnTokens(sqlTokens(sql))
    .filter(({ text }) => sameName(text, old))
    .map((token) => ({ from: token.from, to: token.to, insert: sqlName(name, token) }));
  return splice(sql, ...cuts);
}

export interface Call {
  name: string;
  args: string[];
}

/** An expression that is one call of one function; its arguments are SQL as written. */
export function callOf(sql: string): Call | undefined {
  const tokens = sqlTokens(sql);
  const [name, open] = tokens;
  if (name?.kind !== 'word' || !isSign(open, '(')) return undefined;
  const args: string[] = [];
  let depth = 0;
  let from = open!.to;
  for (const [i, token] of tokens.entries()) {
    if (token.kind !== 'sign') continue;
    if ('([{'.includes(token.text)) depth++;
    const ends = ')]}'.includes(token.text) && --depth === 0;
    if (ends || (token.text === ',' && depth === 1)) {
      args.push(sql.slice(from, token.from).trim());
      from = token.to;
    }
    if (ends && i < tokens.length - 1) return undefined;
    if (ends)
      return { name: name.text.toLowerCase(), args: args.length === 1 && !args[0] ? [] : args };
  }
  return undefined;
}

export interface Cast {
  of: string;
  type: string;
}

/** `x as type`, as it stands inside a cast. */
export function castOf(inner: string): Cast | undefined {
  const tokens = sqlTokens(inner);
  let depth = 0;
  for (let i = tokens.length - 1; i > 0; i--) {
    const token = tokens[i]!;
    if (isSign(token, ')')) depth++;
    if (isSign(token, '(')) depth--;
    if (depth === 0 && isWord(token, 'as')) {
      const of = inner.slice(0, token.from).trim();
      const type = inner.slice(token.to).trim();
      return of && type ? { of, type } : undefined;
    }
  }
  return undefined;
}

export interface Case {
  of: string;
  pairs: [when: string, then: string][];
  otherwise: string | undefined;
}

const CASE_WORDS = ['when', 'then', 'else', 'end'];

/** `case x when a then b … else c end`; undefined for anything nested in another way. */
export function caseOf(sql: string): Case | undefined {
  const tokens = sqlTokens(sql);
  if (!isWord(tokens[0], 'case') || !isWord(tokens.at(-1), 'end')) return undefined;
  const parts: { word: string; text: string }[] = [];
  let word = 'case';
  let from = tokens[0]!.to;
  let depth = 0;
  for (const token of tokens.slice(1)) {
    if (isSign(token, '(')) depth++;
    if (isSign(token, ')')) depth--;
    const lower = token.text.toLowerCase();
    if (depth > 0 || token.kind !== 'word') continue;
    if (lower === 'case') return undefined;
    if (!CASE_WORDS.includes(lower)) continue;
    parts.push({ word, text: sql.slice(from, token.from).trim() });
    word = lower;
    from = token.to;
  }
  return caseFrom(parts);
}

function caseFrom(parts: { word: string; text: string }[]): Case | undefined {
  const [head, ...rest] = parts;
  const last = rest.at(-1);
  const otherwise = last?.word === 'else' ? last.text : undefined;
  const arms = otherwise === undefined ? rest : rest.slice(0, -1);
  if (!head?.text || arms.length === 0 || arms.length % 2 === 1) return undefined;
  const pairs: Case['pairs'] = [];
  for (let i = 0; i < arms.length; i += 2) {
    if (arms[i]?.word !== 'when' || arms[i + 1]?.word !== 'then') return undefined;
    pairs.push([arms[i]!.text, arms[i + 1]!.text]);
  }
  return { of: head.text, pairs, otherwise };
}
