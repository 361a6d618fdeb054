import { expect, it } from 'vitest';
import type { Connector } from '../../client/types';
import { startText, withSecrets } from './useDraft';

it('starts with the kind and the host when the connector has one', () => {
  const option = {
    kind: 'text' as const,
    required: true,
    secret: false,
    sentence: { zh: '', en: '' },
  };
  const connector: Connector = {
    type: 'postgres',
    title: { zh: '', en: '' },
    roles: [],
    options: [
      { ...option, name: 'host', example: '127.0.0.1' },
      { ...option, name: 'database', example: 'erp' },
    ],
  };
  expect(startText('erp', connector, 'postgres')).toBe(
    'connection: erp\ntype: postgres\nhost: 127.0.0.1\n',
  );
  expect(startText('f', undefined, 'file')).toBe('connection: f\ntype: file\n');
});

it('writes typed secrets out for a trial, as text whatever they look like', () => {
  const text = 'connection: erp\nuser: m\npassword: ${secret:erp.password} # kept\n';
  expect(withSecrets(text, { password: '0123' })).toBe(
    'connection: erp\nuser: m\npassword: "0123" # kept\n',
  );
  expect(withSecrets(text, { password: "a: 'b' # c" })).toContain(`password: "a: 'b' # c"`);
  expect(withSecrets(text, {})).toBe(text);
  const api =
    'connection: api\ntype: http\nauth:\n  type: bearer\n  token: ${secret:api.auth.token}\n';
  expect(withSecrets(api, { 'auth\ntoken': 'abc' })).toBe(
    'connection: api\ntype: http\nauth:\n  type: bearer\n  token: abc\n',
  );
});
