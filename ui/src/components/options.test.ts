import { expect, it } from 'vitest';
import type { Option } from '../client/types';
import { grouped, mistakeIn, referenceOf } from './options';

const option = (name: string, more: Partial<Option> = {}): Option => ({
  name,
  kind: 'text',
  required: false,
  secret: false,
  sentence: { zh: '', en: '' },
  ...more,
});

it('puts what must be typed first and folds the rest by what it is about', () => {
  const options = [
    option('host', { required: true }),
    option('password', { secret: true }),
    option('tls', { kind: 'choice' }),
    option('connect_timeout', { kind: 'duration' }),
    option('connections_max', { kind: 'integer' }),
    option('schema'),
  ];
  const { first, rest } = grouped(options);
  expect(first.map(({ name }) => name)).toEqual(['host', 'password']);
  expect(rest.map(({ group, options: [one] }) => [group, one?.name])).toEqual([
    ['other', 'schema'],
    ['encryption', 'tls'],
    ['time', 'connect_timeout'],
    ['limits', 'connections_max'],
  ]);
});

it('names what is wrong with a value', () => {
  const port = option('port', { kind: 'integer', min: 1, max: 65535 });
  expect(mistakeIn(port, '0')).toEqual({ key: 'option.range', values: { min: 1, max: 65535 } });
  expect(mistakeIn(port, 'x')).toEqual({ key: 'option.integer' });
  expect(mistakeIn(port, '5432')).toBeUndefined();
  expect(mistakeIn(port, '${env:PORT}')).toBeUndefined();
  expect(mistakeIn(option('t', { kind: 'duration' }), '5 min')).toEqual({ key: 'option.duration' });
  expect(mistakeIn(option('h', { required: true, example: 'db' }), '')?.key).toBe(
    'option.required',
  );
});

it('takes references apart', () => {
  expect(referenceOf('${secret:erp.password}')).toEqual({ from: 'secret', name: 'erp.password' });
  expect(referenceOf('hunter2')).toBeUndefined();
});
