import { sqlTokens, type SqlToken } from './sqlTokens';
import type { Splice } from './text';

/** Which tables a query reads, found as the engine finds them; see its SqlTables. */

const CLAUSES = new Set(
  'SELECT WHERE GROUP HAVING ORDER LIMIT UNION EXCEPT INTERSECT WINDOW QUALIFY WITH VALUES'.split(
    ' ',
  ),
);
const NO_ALIAS = new Set(
  (
    'ON USING JOIN INNER LEFT RIGHT FULL CROSS NATURAL ASOF POSITIONAL SEMI ANTI OUTER LATERAL ' +
    'TABLESAMPLE PIVOT UNPIVOT OFFSET FETCH FOR AT'
  ).split(' '),
);

export interface SqlTable {
  name: string;
  /** Its own token. */
  token: SqlToken;
  /** Whether the query calls it by another name: `orders o`. */
  aliased: boolean;
}

interface Level {
  query: boolean;
  inFrom: boolean;
  tableNext: boolean;
}

class Reader {
  readonly tokens: SqlToken[];
  readonly tables: SqlTable[] = [];
  private readonly named: { name: string; from: number }[] = [];
  private readonly levels: Level[] = [{ query: true, inFrom: false, tableNext: false }];

  constructor(sql: string) {
    this.tokens = sqlTokens(sql);
    this.findNamed();
    for (let i = 0; i < this.tokens.length; i++) i = this.read(i);
  }

  is(i: number, keyword: string): boolean {
    const token = this.tokens[i];
    if (token?.kind === 'word') return token.text.toUpperCase() === keyword;
    return token?.kind === 'sign' && token.text === keyword;
  }

  private isName(i: number): boolean {
    const kind = this.tokens[i]?.kind;
    return kind === 'word' || kind === 'quoted';
  }

  /** Reads a token and answers the last one it used. */
  private read(i: number): number {
    const level = this.levels.at(-1)!;
    if (this.is(i, '(')) this.open(i, level);
    else if (this.is(i, ')')) this.close();
    else if (this.is(i, ',')) level.tableNext = level.inFrom;
    else if (this.is(i, 'FROM')) {
      const clause = level.query && !this.is(i - 1, 'DISTINCT');
      level.inFrom ||= clause;
      level.tableNext ||= clause;
    } else if (this.is(i, 'JOIN')) {
      level.inFrom = true;
      level.tableNext = true;
    } else if (this.isClause(i)) {
      level.inFrom = false;
      level.tableNext = false;
    } else if (level.tableNext && !this.is(i, 'LATERAL')) {
      level.tableNext = false;
      return this.isName(i) ? this.table(i) : i;
    }
    return i;
  }

  private isClause(i: number): boolean {
    const token = this.tokens[i];
    return token?.kind === 'word' && CLAUSES.has(token.text.toUpperCase());
  }

  private close(): void {
    if (this.levels.length > 1) this.levels.pop();
  }

  private open(i: number, level: Level): void {
    const query =
      level.tableNext ||
      ['SELECT', 'WITH', 'VALUES', '('].some((word) => this.is(i + 1, word)) ||
      (this.is(i + 1, 'FROM') && !this.is(i - 1, 'TRIM'));
    this.levels.push({ query, inFrom: level.tableNext, tableNext: level.tableNext });
    level.tableNext = false;
  }

  private table(i: number): number {
    let last = i;
    while (this.is(last + 1, '.')) last += 2;
    const token = this.tokens[i]!;
    if (last === i && !this.is(i + 1, '(') && !this.isNamed(token.text, i)) {
      this.tables.push({ name: token.text, token, aliased: this.isAliased(i) });
    }
    return last;
  }

  private isAliased(i: number): boolean {
    if (this.is(i + 1, 'AS')) return true;
    const next = this.tokens[i + 1];
    if (next?.kind === 'quoted') return true;
    const word = next?.text.toUpperCase() ?? '';
    return next?.kind === 'word' && !CLAUSES.has(word) && !NO_ALIAS.has(word);
  }

  private isNamed(name: string, at: number): boolean {
    return this.named.some((one) => one.from <= at && sameName(one.name, name));
  }

  /** `WITH name AS (…)` holds after its query, in a RECURSIVE one at once. */
  private findNamed(): void {
    let recursive = false;
    for (let i = 0; i < this.tokens.length; i++) {
      recursive ||= this.is(i, 'RECURSIVE');
      const body = this.isName(i) ? this.body(i) : undefined;
      if (body !== undefined) {
        const from = recursive ? i : this.closing(body);
        this.named.push({ name: this.tokens[i]!.text, from });
      }
    }
  }

  private body(name: number): number | undefined {
    let i = name + 1;
    if (this.is(i, '(')) i = this.closing(i) + 1;
    if (!this.is(i, 'AS') || this.is(name, 'AS')) return undefined;
    i++;
    while (this.is(i, 'NOT') || this.is(i, 'MATERIALIZED')) i++;
    return this.is(i, '(') ? i : undefined;
  }

  private closing(open: number): number {
    let depth = 0;
    for (let i = open; i < this.tokens.length; i++) {
      if (this.is(i, '(')) depth++;
      else if (this.is(i, ')') && --depth === 0) return i;
    }
    return this.tokens.length;
  }

  names(name: string): boolean {
    return this.named.some((one) => sameName(one.name, name));
  }
}

/** SQL does not tell upper from lower case. */
export function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

export function sqlTables(sql: string): SqlTable[] {
  return new Reader(sql).tables;
}

/** What to change to give a table another name; strings, comments and columns stay. */
export function renameCuts(sql: string, old: string, name: string): Splice[] {
  const reader = new Reader(sql);
  const tables = reader.tables.filter((table) => sameName(table.name, old));
  if (tables.length === 0) return [];
  const own = new Set(tables.map((table) => table.token.from));
  const qualifiers = reader.tokens.filter(
    (token, i) =>
      (token.kind === 'word' || token.kind === 'quoted') &&
      sameName(token.text, old) &&
      !own.has(token.from) &&
      reader.is(i + 1, '.') &&
      !reader.is(i - 1, '.'),
  );
  // Where the old name may also mean something else, it stays as the table's alias.
  const mixed = reader.names(old) || tables.some((table) => table.aliased);
  const keepAlias = mixed && qualifiers.length > 0;
  const renamed = tables.map(({ token, aliased }) => {
    const alias = keepAlias && !aliased ? ` as ${sqlName(old)}` : '';
    return { from: token.from, to: token.to, insert: sqlName(name, token) + alias };
  });
  const followed = (mixed ? [] : qualifiers).map((token) => {
    return { from: token.from, to: token.to, insert: sqlName(name, token) };
  });
  return [...renamed, ...followed].sort((a, b) => a.from - b.from);
}

const RESERVED = new Set(
  (
    'all analyse analyze and any array as asc asymmetric both case cast check collate column ' +
    'constraint create default deferrable desc describe distinct do else end except false fetch ' +
    'for foreign from group having in initially intersect into lambda lateral leading limit not ' +
    'null offset on only or order pivot pivot_longer pivot_wider placing primary qualify ' +
    'references returning select show some summarize symmetric table then to trailing true union ' +
    'unique unpivot using variadic when where window with ' +
    'anti asof authorization binary concurrently cross freeze full glob ilike inner is isnull ' +
    'join left like map natural notnull outer overlaps positional right semi similar tablesample'
  ).split(' '),
);

/** A name as SQL wants it: in quotes when it is not a plain word, or the one before it was. */
export function sqlName(name: string, like?: SqlToken): string {
  const plain = /^[\p{L}_][\p{L}\p{Nd}_]*$/u.test(name) && !RESERVED.has(name.toLowerCase());
  return plain && like?.kind !== 'quoted' ? name : `"${name.replaceAll('"', '""')}"`;
}
