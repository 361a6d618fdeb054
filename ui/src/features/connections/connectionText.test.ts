import { describe, expect, it } from 'vitest';
import { readConnection, removeOption, setOption } from './connectionText';

const TEXT = `# who runs it: the ERP team
connection: erp
type: postgres   # 16
host: 'db 1'
port:
password: \${env:ERP_PASSWORD}
resources:
  orders: {path: /o}
user: 007   # keep the zeros
`;

describe('readConnection', () => {
  it('reads what is written, as it is written', () => {
    const { name, type, values, trees, problems } = readConnection(TEXT);
    expect([name, type]).toEqual(['erp', 'postgres']);
    expect(values).toEqual({ host: 'db 1', password: '${env:ERP_PASSWORD}', user: '007' });
    expect(trees).toEqual(['resources']);
    expect(problems).toEqual([]);
  });

  it('says where the text is broken and still reads the rest', () => {
    const { type, problems } = readConnection('connection: a\ntype: x\nbad: [1\n');
    expect(type).not.toBe('');
    expect(problems[0]).toMatchObject({ code: 'YAML_INVALID', line: expect.any(Number) });
  });
});

describe('setOption', () => {
  it('changes nothing but the value', () => {
    expect(setOption(TEXT, 'type', 'mysql')).toBe(TEXT.replace('postgres ', 'mysql '));
    expect(setOption(TEXT, 'host', "it's")).toBe(TEXT.replace("'db 1'", "'it''s'"));
    expect(setOption(TEXT, 'port', '5433', true)).toBe(TEXT.replace('port:', 'port: 5433'));
    expect(setOption(TEXT, 'user', '123')).toContain('user: "123"   # keep the zeros\n');
  });

  it('appends what is new in the ending of the file', () => {
    expect(setOption('connection: a', 'host', 'x')).toBe('connection: a\nhost: x\n');
    expect(setOption('connection: a\r\n', 'host', 'x')).toBe('connection: a\r\nhost: x\r\n');
    expect(setOption('', 'connection', 'a')).toBe('connection: a\n');
  });

  it('leaves a tree alone', () => {
    expect(setOption(TEXT, 'resources', 'x')).toBe(TEXT);
  });

  it('writes every value so that it is read back', () => {
    const values = [
      'a: b',
      '# x',
      'true',
      '12',
      ' padded ',
      '订单',
      '{a}',
      '${secret:x.y}',
      'null',
      '"',
      "'",
    ];
    for (const value of values) {
      for (const name of ['host', 'user', 'port', 'fresh']) {
        const text = setOption(TEXT, name, value);
        expect(readConnection(text).problems, text).toEqual([]);
        expect(readConnection(text).values[name], text).toBe(value);
      }
    }
  });
});

describe('removeOption', () => {
  it('takes the whole option and nothing else', () => {
    expect(removeOption(TEXT, 'host')).toBe(TEXT.replace("host: 'db 1'\n", ''));
    expect(removeOption(TEXT, 'resources')).toBe(
      TEXT.replace('resources:\n  orders: {path: /o}\n', ''),
    );
    expect(removeOption(TEXT, 'port')).toBe(TEXT.replace('port:\n', ''));
    expect(removeOption(TEXT, 'absent')).toBe(TEXT);
  });
});
