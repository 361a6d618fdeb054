import { describe, expect, it } from 'vitest';
import type { Option } from '../client/types';
import { readOptions } from '../document/connection';
import type { Entries, Path, Value } from '../document/parse';
import { applying, choosePart, isEntries, secretName, setPart, strangers, valueAt } from './parts';

const sentence = { zh: '', en: '' };
const part = (name: string, more: Partial<Option> = {}): Option => ({
  name,
  kind: 'text',
  required: false,
  secret: false,
  sentence,
  ...more,
});

const choice = (name: string, choices: string[], more: Partial<Option> = {}) =>
  part(name, { kind: 'choice', choices, ...more });
const OAUTH = { kind: ['oauth2'] };
const AUTH = part('auth', {
  kind: 'tree',
  secret: true,
  parts: [
    choice('kind', ['none', 'basic', 'digest', 'bearer', 'oauth2'], { required: true }),
    part('user', { when: { kind: ['basic', 'digest'] } }),
    part('password', { secret: true, when: { kind: ['basic', 'digest'] } }),
    part('token', { secret: true, when: { kind: ['bearer'] } }),
    choice('grant', ['client_credentials', 'jwt_bearer'], {
      fallback: 'client_credentials',
      when: OAUTH,
    }),
    part('client_id', { when: { ...OAUTH, grant: ['client_credentials'] } }),
    part('key', { secret: true, when: { ...OAUTH, grant: ['jwt_bearer'] }, parts: [part('file')] }),
    part('params', { kind: 'tree', when: OAUTH, parts: [part('*')] }),
    part('csrf'),
  ],
});

const TEXT = `# 对接：订单
connection: shop   # the shop
type: http
headers: {Accept-Language: zh-CN}   # always
auth:
  kind: basic      # for now
  user: app
  password: "\${secret:shop.auth.password}"
  own: word        # not described
resources:
  orders: {path: /orders}
`;
const names = (text: string) => {
  const values = valueAt(readOptions(text), ['auth']);
  return isEntries(values) ? applying(AUTH.parts ?? [], values).map(({ name }) => name) : [];
};

describe('applying', () => {
  it('follows what is written and what holds without being written', () => {
    expect(names(TEXT)).toEqual(['kind', 'user', 'password', 'csrf']);
    const oauth = 'auth: {kind: oauth2}\n';
    expect(names(oauth)).toEqual(['kind', 'grant', 'client_id', 'params', 'csrf']);
    expect(names('auth: {kind: oauth2, grant: jwt_bearer}\n')).toContain('key');
    expect(strangers(AUTH, valueAt(readOptions(TEXT), ['auth']) as Entries)).toEqual(['own']);
  });
});

describe('choosePart', () => {
  it('takes out what the new kind does not know and leaves the rest byte for byte', () => {
    const text = choosePart(TEXT, ['auth'], AUTH, 'kind', 'bearer');
    expect(text).toBe(
      TEXT.replace('kind: basic ', 'kind: bearer ').replace(/ {2}user.*\n {2}password.*\n/, ''),
    );
  });

  it('keeps what both kinds know', () => {
    expect(choosePart(TEXT, ['auth'], AUTH, 'kind', 'digest')).toBe(
      TEXT.replace('basic', 'digest'),
    );
  });

  it('makes an object of nothing and of a single word', () => {
    const begun = choosePart('connection: a\ntype: http\n', ['auth'], AUTH, 'kind', 'bearer');
    expect(valueAt(readOptions(begun), ['auth', 'kind'])).toBe('bearer');
    const none = choosePart('auth: none # open\ntype: http\n', ['auth'], AUTH, 'kind', 'bearer');
    expect(valueAt(readOptions(none), ['auth', 'kind'])).toBe('bearer');
    expect(none).toContain('type: http\n');
  });
});

describe('setPart', () => {
  it('leaves no empty object behind', () => {
    const text = 'connection: a\ntype: http\n';
    const set = setPart(text, ['auth', 'place', 'header'], 'X-Token');
    expect(valueAt(readOptions(set), ['auth', 'place', 'header'])).toBe('X-Token');
    expect(setPart(set, ['auth', 'place', 'header'], undefined)).toBe(text);
  });

  it('leaves alone what cannot be edited safely', () => {
    const anchored = 'auth: &a {kind: basic}\nother: *a\n';
    expect(setPart(anchored, ['other', 'kind'], 'bearer')).toBe(anchored);
  });
});

it('names a secret as the server does', () => {
  expect(secretName('shop', ['auth', 'token'])).toBe('shop.auth.token');
  expect(secretName('', ['headers', 'X-Api Key'])).toBe('connection.headers.x-api20key');
});

/** A seeded sequence, so that a failure can be played again. */
function random(seed: number) {
  let state = seed;
  return (bound: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
}

const WORDS = [
  'a',
  "it's",
  '12',
  '${secret:a.b}',
  'x: y',
  '# no',
  '订单',
  '',
  '{a}',
  'a\nb\n',
  '-',
];
const BASES = [
  TEXT,
  TEXT.replaceAll('\n', '\r\n'),
  'connection: a\ntype: http\n',
  'connection: a\ntype: http\nauth: {kind: oauth2, params: {x: 1}} # one line\n',
  'connection: a\ntype: http\nauth:\n    kind: basic\n\n# between\nresources: {}\n',
];

/** Everything of a text but one object. */
function around(text: string): [string, Value][] {
  return [...readOptions(text)].filter(([name]) => name !== 'auth');
}

describe('generated edits', () => {
  it('are read back, touch nothing around them, and undo to the same bytes', () => {
    for (let seed = 1; seed <= 400; seed++) {
      const pick = random(seed);
      const base = BASES[pick(BASES.length)]!;
      let text = base;
      for (let step = 0; step < 8; step++) {
        const before = text;
        const values = valueAt(readOptions(text), ['auth']);
        const open = isEntries(values) ? applying(AUTH.parts!, values) : [AUTH.parts![0]!];
        const one = open[pick(open.length)]!;
        const told = `seed ${seed}, step ${step}: ${one.name}\n${before}`;
        if (one.kind === 'choice') {
          const word = one.choices![pick(one.choices!.length)]!;
          text = choosePart(text, ['auth'], AUTH, one.name, word);
          expect(valueAt(readOptions(text), ['auth', one.name]), told).toBe(word);
        } else {
          const path: Path = ['auth', one.name, ...(one.kind === 'tree' ? ['x.y'] : [])];
          const word = WORDS[pick(WORDS.length)]!;
          const had = valueAt(readOptions(text), path);
          text = setPart(text, path, word);
          expect(valueAt(readOptions(text), path), told).toBe(word);
          // What was not there before can be taken back to the byte.
          if (had === undefined) expect(setPart(text, path, undefined), told).toBe(before);
        }
        expect(around(text), told).toEqual(around(base));
        expect(setPart(text, ['type'], 'http'), told).toBe(text);
      }
    }
  });
});
