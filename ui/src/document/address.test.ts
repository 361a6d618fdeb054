import { describe, expect, it } from 'vitest';
import { readOptions } from './connection';
import { connectionText, isReference, nameOf, parseAddress } from './address';

const POSTGRES = {
  type: 'postgres',
  options: { host: 'db1', port: '5433', database: 'erp', user: 'app' },
  password: 'pw',
  ignored: [],
};

describe('parseAddress', () => {
  it.each([
    'postgres://app:pw@db1:5433/erp',
    'postgresql://app:pw@db1:5433/erp',
    '  "postgres://app:pw@db1:5433/erp"\n',
    'DATABASE_URL=postgres://app:pw@db1:5433/erp',
    "export DATABASE_URL='postgres://app:pw@db1:5433/erp'",
    'jdbc:postgresql://db1:5433/erp?user=app&password=pw',
    'host=db1 port=5433 dbname=erp user=app password=pw',
    "host=db1 port=5433 dbname=erp user=app password='pw'",
  ])('reads %s', (text) => {
    expect(parseAddress(text)).toEqual(POSTGRES);
  });

  it.each(['mysql', 'mariadb', 'jdbc:mysql', 'jdbc:mariadb', 'MySQL'])('reads %s', (scheme) => {
    expect(parseAddress(`${scheme}://root:a@10.0.0.5/crm`)).toEqual({
      type: 'mysql',
      options: { host: '10.0.0.5', database: 'crm', user: 'root' },
      password: 'a',
      ignored: [],
    });
  });

  it.each([
    ['a@b', 'postgres://u:a@b@h/d'],
    ['a:b', 'postgres://u:a:b@h/d'],
    ['a/b?c#d', 'postgres://u:a/b?c#d@h/d'],
    ['a b%', 'postgres://u:a%20b%25@h/d'],
    ['100%', 'postgres://u:100%@h/d'],
    ['密码', 'postgres://u:密码@h/d'],
    ['a&b', 'jdbc:postgresql://h/d?user=u&password=a%26b'],
    ["a'b c", "host=h dbname=d user=u password='a\\'b c'"],
  ])('keeps the password %s', (password, text) => {
    const address = parseAddress(text);
    expect(address?.password).toBe(password);
    expect(address?.options).toEqual({ host: 'h', database: 'd', user: 'u' });
  });

  it('says how to encrypt, and what it has no option for', () => {
    const address = parseAddress('postgres://u@h/d?sslmode=verify-ca&application_name=x');
    expect(address?.options.tls).toBe('verify-full');
    expect(address?.ignored).toEqual(['application_name']);
    expect(parseAddress('jdbc:mysql://h/d?useSSL=false')?.options.tls).toBe('disable');
  });

  it.each([
    [
      'jdbc:sqlserver://h:1433;databaseName=erp;user=sa;password=p;encrypt=true',
      { dialect: 'sqlserver', host: 'h', port: '1433', database: 'erp', user: 'sa' },
    ],
    [
      'jdbc:oracle:thin:scott/p@//h:1521/ORCL',
      { dialect: 'oracle', host: 'h', port: '1521', database: 'ORCL', user: 'scott' },
    ],
    [
      'jdbc:oracle:thin:scott/p@h:1521:ORCL',
      { dialect: 'oracle', host: 'h', port: '1521', database: 'ORCL', user: 'scott' },
    ],
    [
      'jdbc:db2://h:50000/erp:user=db2;password=p;',
      { dialect: 'db2', host: 'h', port: '50000', database: 'erp', user: 'db2' },
    ],
    [
      'jdbc:dm://h:5236?user=SYSDBA&password=p',
      { dialect: 'dm', host: 'h', port: '5236', user: 'SYSDBA' },
    ],
  ])('reads %s', (text, options) => {
    expect(parseAddress(text)).toMatchObject({ type: 'jdbc', options, password: 'p' });
  });

  it('reads an address of IPv6 and the path of a file', () => {
    expect(parseAddress('postgres://u@[::1]:5/d')?.options).toMatchObject({
      host: '::1',
      port: '5',
    });
    expect(parseAddress('sqlite:///var/a.db')).toMatchObject({
      type: 'sqlite',
      options: { path: 'var/a.db' },
    });
    expect(parseAddress('jdbc:sqlite:/var/a.db')?.options).toEqual({ path: '/var/a.db' });
  });

  it.each(['', 'db1', 'postgres', 'postgres://', 'https://a.com/x', 'redis://h/0', 'a=b', '你好'])(
    'does not guess at %s',
    (text) => {
      expect(parseAddress(text)).toBeUndefined();
    },
  );

  it('is done with a long text at once', () => {
    expect(parseAddress('postgres://' + 'a@'.repeat(10_000))).toBeUndefined();
  });
});

describe('nameOf', () => {
  const address = { type: 'mysql', options: { host: 'h', database: 'My Shop.1' }, ignored: [] };

  it('is of the database and free', () => {
    expect(nameOf(address, [])).toBe('my-shop-1');
    expect(nameOf(address, ['my-shop-1'])).toBe('my-shop-1-mysql');
    expect(nameOf(address, ['my-shop-1', 'MY-SHOP-1-MYSQL'])).toBe('my-shop-1-2');
  });

  it('is of the file or the host where there is no database', () => {
    expect(nameOf({ type: 'sqlite', options: { path: 'x/a.db' }, ignored: [] }, [])).toBe('a');
    expect(nameOf({ type: 'mysql', options: { host: '10.0.0.5' }, ignored: [] }, [])).toBe(
      '10-0-0-5',
    );
  });
});

describe('connectionText', () => {
  it('holds the reference alone', () => {
    const address = parseAddress('postgres://app:hush@db1:5433/erp');
    const text = connectionText('erp', address!, '${secret:erp.password}');
    expect(text).not.toContain('hush');
    expect(Object.fromEntries(readOptions(text))).toEqual({
      connection: 'erp',
      type: 'postgres',
      host: 'db1',
      port: '5433',
      database: 'erp',
      user: 'app',
      password: '${secret:erp.password}',
    });
  });

  it('writes what looks like YAML so that it is read back', () => {
    const options = { host: 'h', database: '007', user: 'a: #b' };
    const text = connectionText('x', { type: 'mysql', options, ignored: [] }, '- "p"');
    expect(Object.fromEntries(readOptions(text))).toMatchObject({ ...options, password: '- "p"' });
  });

  it('knows a reference', () => {
    expect(isReference('${env:PW}')).toBe(true);
    expect(isReference('$ecret')).toBe(false);
  });
});
