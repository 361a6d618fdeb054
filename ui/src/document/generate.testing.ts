/** Flows at random, in every way people write them; for tests. */

export type Random = () => number;

/** A small generator whose seed a failing test prints. */
export function random(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export function pick<T>(next: Random, from: readonly T[]): T {
  return from[Math.floor(next() * from.length)]!;
}

const STEMS = [
  'orders',
  'customers',
  '订单',
  'erp-rows',
  'checked',
  'x1',
  'Möbel',
  'from_bank',
  '客户_2',
];
const EXPRESSIONS = [
  'so_no',
  '"cast(amt as decimal(18,2))"',
  `"'erp'"`,
  `'"Odd Name"'`,
  'amt * 1.1',
  'trim(cust_name)',
  `"case level when 1 then 'A' else 'C' end"`,
  '客户名称',
];
const COMMENTS = ['# note', '#', '# 同步订单: {not: yaml}', "# it's - [odd", '#   spaced   out  '];

interface Spelling {
  next: Random;
  unit: number;
  eol: string;
  chance: (share: number) => boolean;
}

function spelling(next: Random): Spelling {
  return {
    next,
    unit: pick(next, [2, 2, 2, 3, 4]),
    eol: next() < 0.15 ? '\r\n' : '\n',
    chance: (share) => next() < share,
  };
}

function note(s: Spelling): string {
  return s.chance(0.15) ? `${pick(s.next, [' ', '   '])}${pick(s.next, COMMENTS)}` : '';
}

function gap(s: Spelling): string {
  return s.chance(0.1) ? '  ' : ' ';
}

export interface Generated {
  text: string;
  names: string[];
}

export function generateFlow(next: Random, size = 2 + Math.floor(next() * 8)): Generated {
  const s = spelling(next);
  const names: string[] = [];
  for (let i = 0; i < size; i++) names.push(`${pick(next, STEMS)}_${i}`);
  const lines: string[] = [];
  if (s.chance(0.3)) lines.push(pick(next, COMMENTS));
  lines.push(`flow: sample${note(s)}`);
  if (s.chance(0.3)) lines.push(pick(next, COMMENTS));
  if (s.chance(0.2)) lines.push('');
  lines.push(`steps:${note(s)}`);
  const spaced = s.chance(0.2);
  names.forEach((name, i) => {
    if (spaced && i > 0) lines.push(s.chance(0.9) ? '' : '   ');
    if (s.chance(0.15)) lines.push(' '.repeat(s.unit) + pick(next, COMMENTS));
    lines.push(...step(s, name, names.slice(0, i)));
  });
  if (s.chance(0.3)) lines.push('');
  if (s.chance(0.4))
    lines.push(`verify: {after: ${pick(next, ['none', 'count', 'full'])}}${note(s)}`);
  if (s.chance(0.2)) lines.push(pick(next, COMMENTS));
  const end = s.chance(0.9) ? s.eol : '';
  return { text: (s.chance(0.08) ? '\uFEFF' : '') + lines.join(s.eol) + end, names };
}

function step(s: Spelling, name: string, before: string[]): string[] {
  const key = s.chance(0.1) ? `"${name}"` : name;
  const settings = before.length === 0 || s.chance(0.25) ? readStep(s) : fedStep(s, before);
  const inFlow = settings.every(([, value]) => typeof value === 'string') && s.chance(0.4);
  if (inFlow) return [flowStep(s, key, settings as [string, string][])];
  const lines = [`${' '.repeat(s.unit)}${key}:${note(s)}`];
  const inner = ' '.repeat(s.unit * 2);
  for (const [word, value] of settings) {
    if (s.chance(0.06)) lines.push(inner + pick(s.next, COMMENTS));
    if (typeof value === 'string') lines.push(`${inner}${word}:${gap(s)}${value}${note(s)}`);
    else lines.push(`${inner}${word}:${value.head}`, ...value.body.map((line) => inner + line));
  }
  if (s.chance(0.08)) lines.push(inner + pick(s.next, COMMENTS));
  return lines;
}

function flowStep(s: Spelling, key: string, settings: [string, string][]): string {
  const pairs = settings.map(([word, value]) => `${word}:${gap(s)}${inFlow(value)}`);
  const pad = s.chance(0.2) ? ' ' : '';
  const body = pairs.join(s.chance(0.2) ? ' , ' : ', ');
  return `${' '.repeat(s.unit)}${key}: {${pad}${body}${pad}}${note(s)}`;
}

function inFlow(value: string): string {
  return /^[[{"']/.test(value) || !/[,[\]{}]/.test(value) ? value : `"${value}"`;
}

type Setting = [string, string | { head: string; body: string[] }];

function readStep(s: Spelling): Setting[] {
  const settings: Setting[] = [['read', pick(s.next, ['erp.sales.order', 'crm.客户', '"bank.t"'])]];
  if (s.chance(0.3)) settings.push(['columns', '[so_no, cust_no,amt ]']);
  if (s.chance(0.2)) settings.push(['where', 'amt is not null']);
  if (s.chance(0.2)) settings.push(['incremental', '{by: updated_at, lookback: 10m}']);
  return settings;
}

function fedStep(s: Spelling, before: string[]): Setting[] {
  const from: Setting = ['from', pick(s.next, before)];
  switch (pick(s.next, ['map', 'where', 'sql', 'expect', 'dedupe', 'union', 'write', 'call'])) {
    case 'map':
      return [from, mapping(s)];
    case 'where':
      return [from, ['where', pick(s.next, ['amt > 0', `"status = 'A'"`])]];
    case 'sql':
      return [query(s, before)];
    case 'expect':
      return [from, rules(s)];
    case 'dedupe':
      return [from, list(s, 'dedupe', ['tax_no', 'code']), ['order', 'updated_at desc']];
    case 'union':
      return [list(s, 'union', [...new Set([pick(s.next, before), pick(s.next, before)])])];
    case 'call':
      return [from, ['call', 'crm.customer'], ['with', '{id: customer_no}']];
    default:
      return [from, ['write', 'crm.sales_order'], ['mode', 'upsert'], list(s, 'key', ['order_no'])];
  }
}

function mapping(s: Spelling): Setting {
  const columns = ['order_no', 'amount', '"客户"', '2024', 'source'].slice(0, 1 + s.next() * 5);
  const entries = columns.map((column) => `${column}: ${pick(s.next, EXPRESSIONS)}`);
  if (s.chance(0.3)) entries.splice(Math.floor(s.next() * entries.length), 0, "'*': keep");
  if (s.chance(0.3)) return ['map', `{${entries.join(', ')}}`];
  const deeper = ' '.repeat(s.unit);
  const body = entries.map((entry) => deeper + entry + note(s));
  if (s.chance(0.1)) body.splice(1, 0, deeper + pick(s.next, COMMENTS));
  return ['map', { head: note(s), body }];
}

function query(s: Spelling, before: string[]): Setting {
  const a = pick(s.next, before);
  const b = pick(s.next, before);
  const text = [
    `select o.*, 'from ${a}' as "${b}"`,
    `from "${a}" o left join "${b}" c on c.code = o.cust_no -- not ${a}`,
  ];
  const deeper = ' '.repeat(s.unit);
  if (s.chance(0.5)) {
    const body = [text[0]!, ...(s.chance(0.2) ? ['', '  -- deeper'] : []), text[1]!];
    return [
      'sql',
      { head: ` ${pick(s.next, ['|', '|-', '>-', '|+'])}`, body: body.map((l) => deeper + l) },
    ];
  }
  if (s.chance(0.5)) return ['sql', `'select o.* from "${a}" o join "${b}" c using (id)'`];
  return ['sql', `select o.* from "${a}" o join "${b}" c using (id)`];
}

function rules(s: Spelling): Setting {
  const deeper = s.chance(0.5) ? ' '.repeat(s.unit) : '';
  const body = [`${deeper}- {column: name, not_null: true}${note(s)}`];
  if (s.chance(0.5))
    body.push(`${deeper}- rule: amount >= 0`, `${deeper}  otherwise: reject${note(s)}`);
  return ['expect', { head: note(s), body }];
}

function list(s: Spelling, word: string, items: string[]): Setting {
  if (s.chance(0.6)) return [word, `[${items.join(pick(s.next, [', ', ',', ' , ']))}]`];
  return [
    word,
    { head: '', body: items.map((item) => `${' '.repeat(s.unit)}- ${item}${note(s)}`) },
  ];
}
