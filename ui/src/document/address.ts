import { setOption } from './connection';

/** An address of a system as people paste it, taken apart into the options of a connection. */
export interface Address {
  type: string;
  /** Options in the order they are written; the password is not among them. */
  options: Record<string, string>;
  password?: string;
  /** What else the address said and no option takes. */
  ignored: string[];
}

interface Kind {
  type: string;
  /** Only for connections of type `jdbc`. */
  dialect?: string;
}

const KINDS: Record<string, Kind> = {
  postgres: { type: 'postgres' },
  postgresql: { type: 'postgres' },
  mysql: { type: 'mysql' },
  mariadb: { type: 'mysql' },
  sqlserver: { type: 'jdbc', dialect: 'sqlserver' },
  mssql: { type: 'jdbc', dialect: 'sqlserver' },
  oracle: { type: 'jdbc', dialect: 'oracle' },
  dm: { type: 'jdbc', dialect: 'dm' },
  kingbase8: { type: 'jdbc', dialect: 'kingbase' },
  opengauss: { type: 'jdbc', dialect: 'opengauss' },
  oceanbase: { type: 'jdbc', dialect: 'oceanbase' },
  db2: { type: 'jdbc', dialect: 'db2' },
};

const TLS: Record<string, string> = {
  disable: 'disable',
  disabled: 'disable',
  false: 'disable',
  allow: 'prefer',
  prefer: 'prefer',
  preferred: 'prefer',
  require: 'require',
  required: 'require',
  true: 'require',
  'verify-ca': 'verify-full',
  verify_ca: 'verify-full',
  'verify-full': 'verify-full',
  verify_identity: 'verify-full',
};

/** Names of parameters in other tools' addresses, and the option each of them is. */
const WORDS: Record<string, string> = {
  user: 'user',
  username: 'user',
  uid: 'user',
  password: 'password',
  pwd: 'password',
  host: 'host',
  hostaddr: 'host',
  servername: 'host',
  port: 'port',
  dbname: 'database',
  database: 'database',
  databasename: 'database',
  currentschema: 'schema',
  sslmode: 'tls',
  ssl: 'tls',
  usessl: 'tls',
};

const LENGTH_MAX = 4_000;
const URL_LIKE =
  /^([a-z][a-z0-9+]*):\/\/(?:(.*)@)?(\[[^\]]+\]|[^@/?#:;,\s]+)(?::(\d+))?((?:[/;].*)?)$/is;
const ORACLE = /^oracle:thin:(?:([^/@]*)\/([^@]*))?@(?:\/\/)?([^:/\s]+)(?::(\d+))?[:/](\S+)$/i;
const FILE = /^(sqlite|duckdb):(?:\/\/\/?)?(.+)$/i;
const WORD = /([a-z_]+)\s*=\s*(?:'((?:[^'\\]|\\.)*)'|(\S+))/gi;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a password with a bare % is what it says
  }
}

/** Collects what an address says, under the names of our options. */
class Parts {
  readonly found = new Map<string, string>();
  readonly ignored: string[] = [];

  set(option: string, value: string | undefined) {
    if (value) this.found.set(option, value);
  }

  word(name: string, value: string, kind: Kind) {
    const option = WORDS[name.toLowerCase()];
    if (option === undefined || (option === 'schema' && kind.type !== 'jdbc')) {
      this.ignored.push(name);
    } else if (option !== 'tls') {
      this.set(option, value);
    } else if (kind.type === 'jdbc' || TLS[value.toLowerCase()] === undefined) {
      this.ignored.push(name);
    } else {
      this.set('tls', TLS[value.toLowerCase()]);
    }
  }

  address(kind: Kind): Address | undefined {
    const { found, ignored } = this;
    if (!found.has('host')) return undefined;
    const options: Record<string, string> = kind.dialect ? { dialect: kind.dialect } : {};
    for (const name of ['host', 'port', 'database', 'schema', 'user', 'tls']) {
      const value = found.get(name);
      if (value !== undefined) options[name] = value;
    }
    const password = found.get('password');
    return { type: kind.type, options, ignored, ...(password ? { password } : {}) };
  }
}

function words(rest: string, kind: Kind, parts: Parts) {
  for (const word of rest.split(/[&;]/)) {
    const equals = word.indexOf('=');
    if (equals > 0) {
      parts.word(word.slice(0, equals).trim(), decoded(word.slice(equals + 1).trim()), kind);
    }
  }
}

/** `host=db dbname=erp user=app password='…'`, as libpq and its tools take it. */
function keywords(text: string): Address | undefined {
  if (!/^\s*[a-z_]+\s*=/i.test(text)) return undefined;
  const parts = new Parts();
  const kind: Kind = { type: 'postgres' };
  for (const [, name = '', quoted, plain = ''] of text.matchAll(WORD)) {
    parts.word(name, quoted?.replace(/\\(.)/g, '$1') ?? plain, kind);
  }
  return parts.found.has('database') ? parts.address(kind) : undefined;
}

function credentials(text: string | undefined, parts: Parts) {
  if (text === undefined) return;
  const colon = text.indexOf(':');
  parts.set('user', decoded(colon < 0 ? text : text.slice(0, colon)));
  if (colon >= 0) parts.set('password', decoded(text.slice(colon + 1)));
}

/** A question mark in a password is none of the query: then the `@` stands behind it. */
function queryApart(text: string): [address: string, query: string] {
  const question = text.search(/\?/);
  if (question < 0) return [text, ''];
  const whole = URL_LIKE.test(text.slice(0, question));
  return whole ? [text.slice(0, question), text.slice(question + 1)] : [text, ''];
}

function urlLike(text: string): Address | undefined {
  const [address, query] = queryApart(text);
  const match = URL_LIKE.exec(address);
  const kind = KINDS[match?.[1]?.toLowerCase() ?? ''];
  if (!match || !kind) return undefined;
  const [, , who, host, port, rest = ''] = match;
  const parts = new Parts();
  credentials(who, parts);
  parts.set('host', host?.replace(/^\[|\]$/g, ''));
  parts.set('port', port);
  // `/name` of a database, then `;a=b` or, of Db2, `:a=b;`
  const [, database, more = ''] = /^\/?([^;:?#,]*)[;:?#,]?(.*)$/s.exec(rest) ?? [];
  parts.set('database', decoded(database ?? ''));
  words(more, kind, parts);
  words(query, kind, parts);
  return parts.address(kind);
}

function oracle(text: string): Address | undefined {
  const match = ORACLE.exec(text);
  if (!match) return undefined;
  const [, user, password, host, port, database] = match;
  const parts = new Parts();
  for (const [option, value] of Object.entries({ host, port, database, user, password })) {
    parts.set(option, value);
  }
  return parts.address({ type: 'jdbc', dialect: 'oracle' });
}

function file(text: string): Address | undefined {
  const match = FILE.exec(text);
  const [, type = '', path = ''] = match ?? [];
  return match ? { type: type.toLowerCase(), options: { path }, ignored: [] } : undefined;
}

/**
 * Reads `postgres://user:password@host:port/database`, JDBC addresses, libpq's `host=… dbname=…`, and
 * the path of a SQLite or DuckDB file, with a variable's name or quotes around it. Undefined for all
 * else; nothing is guessed.
 */
export function parseAddress(pasted: string): Address | undefined {
  if (pasted.length > LENGTH_MAX) return undefined;
  const bare = pasted
    .trim()
    .replace(/^(?:export\s+)?[A-Z][A-Z0-9_]*=/, '')
    .replace(/^(["'`])(.*)\1$/s, '$2')
    .trim();
  const text = bare.replace(/^jdbc:/i, '');
  return oracle(text) ?? urlLike(text) ?? file(text) ?? keywords(text);
}

/** A name for what an address leads to: of its database, else of its file or host. */
export function nameOf(address: Address, taken: readonly string[]): string {
  const { database, path, host } = address.options;
  const said =
    database ??
    path
      ?.split(/[\\/]/)
      .at(-1)
      ?.replace(/\.\w+$/, '') ??
    host ??
    '';
  const stem =
    said
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_-]+/gu, '-')
      .replace(/^-+|-+$/g, '') || address.type;
  const used = new Set(taken.map((name) => name.toLowerCase()));
  const wished = [stem, `${stem}-${address.options.dialect ?? address.type}`];
  const free = wished.find((name) => !used.has(name));
  if (free) return free;
  let number = 2;
  while (used.has(`${stem}-${number}`)) number++;
  return `${stem}-${number}`;
}

/** Whether a password is itself only a reference to where it is kept. */
export function isReference(password: string): boolean {
  return /^\$\{(secret|env):[^}]+\}$/.test(password);
}

/** A connection's document. @param password as it is to stand there, mostly a reference */
export function connectionText(name: string, address: Address, password?: string): string {
  let text = `connection: ${name}\ntype: ${address.type}\n`;
  for (const [option, value] of Object.entries(address.options)) {
    text = setOption(text, option, value);
  }
  return password === undefined ? text : setOption(text, 'password', password);
}
