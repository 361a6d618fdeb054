import { describe, expect, it } from 'vitest';
import { setOption, removeOption, readOptions } from './connection';
import { connect, disconnect, whyUnfit } from './connect';
import { read } from './flow';
import type { Value } from './parse';
import { duplicate, insertBetween, paste } from './paste';
import { EditRefused } from './refused';
import {
  addStep,
  copySteps,
  removeSteps,
  renameMapEntry,
  renameStep,
  reorderMap,
  setCopy,
  setMapEntry,
  setSetting,
  setVerify,
} from './steps';

const FLOW = `flow: orders-to-crm
# ERP 订单 → CRM
steps:
  orders:
    read: erp.sales.sales_order
    columns: [so_no, cust_no]      # pushed down
  customers: {read: crm.customer}
  joined:
    sql: |
      select orders.*, 'from orders' as note -- orders
      from orders left join "customers" c on c.code = orders.cust_no
  mapped:
    from: joined
    map:
      order_no: so_no
      amount: "cast(amt as decimal(18,2))"   # exact
      '*': keep
  crm_orders:
    from: mapped
    write: crm.sales_order
    mode: upsert
    key: [order_no]
verify: {after: full}
`;

/** The lines of the second text that the first does not have, and the other way round. */
function diff(before: string, after: string): string[] {
  const old = before.split('\n');
  const now = after.split('\n');
  return [
    ...old.filter((line) => !now.includes(line)).map((line) => `-${line}`),
    ...now.filter((line) => !old.includes(line)).map((line) => `+${line}`),
  ];
}

function refusal(act: () => unknown): string {
  try {
    act();
  } catch (refused) {
    if (refused instanceof EditRefused) return refused.code;
    throw refused;
  }
  return 'done';
}

describe('reading', () => {
  it('tells names, kinds, inputs and lines', () => {
    const flow = read(FLOW);
    expect(flow.name).toBe('orders-to-crm');
    expect(flow.verify).toBe('full');
    const told = flow.steps.map(({ name, kind, inputs, lines }) => [
      name,
      kind,
      inputs.map((input) => input.step).join(),
      lines.first,
      lines.last,
    ]);
    expect(told).toEqual([
      ['orders', 'read', '', 4, 6],
      ['customers', 'read', '', 7, 7],
      ['joined', 'sql', 'orders,customers', 8, 11],
      ['mapped', 'map', 'joined', 12, 17],
      ['crm_orders', 'write', 'mapped', 18, 22],
    ]);
  });

  it('reads what it can of a broken text', () => {
    const flow = read(FLOW.replace('[order_no]', '[order_no'));
    expect(flow.problems.length).toBeGreaterThan(0);
    expect(flow.steps.map((step) => step.name)).toContain('mapped');
    expect(read('').steps).toEqual([]);
    expect(read('- 1\n- 2').steps).toEqual([]);
    expect(read('steps: text').steps).toEqual([]);
  });
});

describe('steps', () => {
  it('renames a step wherever it is named, but not in texts, comments and quotes', () => {
    const after = renameStep(FLOW, 'orders', 'erp-orders');
    expect(diff(FLOW, after)).toEqual([
      '-  orders:',
      "-      select orders.*, 'from orders' as note -- orders",
      '-      from orders left join "customers" c on c.code = orders.cust_no',
      '+  erp-orders:',
      '+      select "erp-orders".*, \'from orders\' as note -- orders',
      '+      from "erp-orders" left join "customers" c on c.code = "erp-orders".cust_no',
    ]);
    expect(renameStep(after, 'erp-orders', 'orders')).not.toBe(after);
  });

  it('writes down what a step was called under which a target keeps progress', () => {
    const after = renameStep(FLOW, 'crm_orders', 'crm', true);
    expect(read(after).steps.at(-1)?.settings.get('formerly')).toBe('crm_orders');
    const again = renameStep(after, 'crm', 'sales', true);
    expect(read(again).steps.at(-1)?.settings.get('formerly')).toBe('crm_orders');
    expect(renameStep(again, 'sales', 'crm_orders', true)).toBe(FLOW);
    const copied = duplicate(after, ['crm']);
    expect(read(copied.text).steps.at(-1)?.settings.has('formerly')).toBe(false);
    expect(renameStep(FLOW, 'crm_orders', 'crm')).not.toContain('formerly');
    expect(renameStep(FLOW, 'mapped', 'm', true)).not.toContain('formerly');
  });

  it('keeps the old name as an alias where it could mean something else', () => {
    const text = FLOW.replace(
      '      from orders left join "customers" c on c.code = orders.cust_no',
      '      from orders left join orders o2 on orders.a = o2.a',
    );
    const after = renameStep(text, 'orders', 'bills');
    expect(after).toContain('from bills as orders left join bills o2 on orders.a = o2.a');
  });

  it('refuses names that are taken or no names', () => {
    expect(refusal(() => renameStep(FLOW, 'orders', 'Mapped'))).toBe('name_taken');
    expect(refusal(() => renameStep(FLOW, 'orders', 'a b'))).toBe('name_invalid');
    expect(refusal(() => renameStep(FLOW, 'nobody', 'x'))).toBe('not_found');
  });

  it('adds a step behind another, in the style of its neighbour', () => {
    const where = new Map([
      ['from', 'customers'],
      ['where', 'a > 0'],
    ]);
    const after = addStep(FLOW, { name: 'big', settings: where }, 'customers');
    expect(diff(FLOW, after)).toEqual(['+  big: {from: customers, where: a > 0}']);
    const block = addStep(FLOW, { name: 'big', settings: where }, 'mapped');
    expect(diff(FLOW, block)).toEqual(['+  big:', '+    from: customers', '+    where: a > 0']);
  });

  it('begins a flow that has no steps yet', () => {
    const settings = new Map([['read', 'erp.a']]);
    for (const text of ['flow: f\n', 'flow: f\nsteps:\n', 'flow: f\nsteps: {}\n', 'flow: f']) {
      const after = addStep(text, { name: 'a', settings });
      expect(
        read(after).steps.map((step) => step.kind),
        text,
      ).toEqual(['read']);
    }
  });

  it('quotes no value for having been empty', () => {
    const begun = "flow: f\nsteps:\n  rows: {read: ''}\n  other:\n    read: ''\n";
    const set = (text: string, step: string) => setSetting(text, step, ['read'], 'erp.a');
    expect(set(set(begun, 'rows'), 'other')).toBe(begun.replaceAll("''", 'erp.a'));
  });

  it('writes the steps of a flow that was just made one below the other', () => {
    const one = addStep('flow: f\nsteps: {}\nverify: {after: full}\n', {
      name: 'rows',
      settings: new Map([['read', 'erp.a']]),
    });
    const map = new Map<string, Value>([
      ['from', 'rows'],
      ['map', new Map([['id', 'no']])],
    ]);
    expect(addStep(one, { name: 'mapped', settings: map }, 'rows')).toBe(
      'flow: f\nsteps:\n  rows: {read: erp.a}\n  mapped:\n    from: rows\n' +
        '    map:\n      id: no\nverify: {after: full}\n',
    );
  });

  it('mends those that named a removed step, or says which still do', () => {
    const removal = removeSteps(FLOW, ['mapped']);
    expect(removal.mended).toEqual(['crm_orders']);
    expect(removal.text).toContain('    from: joined\n    write: crm.sales_order');
    const lost = removeSteps(FLOW, ['customers']);
    expect(lost.dangling).toEqual(['joined']);
    expect(removeSteps(FLOW, ['mapped', 'joined']).dangling).toEqual(['crm_orders']);
  });

  it('connects and disconnects, or says why not', () => {
    expect(connect(FLOW, 'customers', 'mapped')).toContain('from: customers');
    expect(refusal(() => connect(FLOW, 'mapped', 'joined'))).toBe('circle');
    expect(refusal(() => connect(FLOW, 'mapped', 'orders'))).toBe('reads_take_no_rows');
    expect(refusal(() => connect(FLOW, 'crm_orders', 'mapped'))).toBe('writes_give_no_rows');
    expect(refusal(() => disconnect(FLOW, 'orders', 'joined'))).toBe('sql_names_inputs');
    expect(whyUnfit(FLOW, 'customers', 'mapped')).toBeUndefined();
    expect(diff(FLOW, disconnect(FLOW, 'joined', 'mapped'))).toEqual(['-    from: joined']);
  });

  it('adds to and takes from a union one line or one word', () => {
    const text = 'flow: f\nsteps:\n  a: {read: x.a}\n  b: {read: x.b}\n  u: {union: [a]} # both\n';
    const joined = connect(text, 'b', 'u');
    expect(joined).toContain('  u: {union: [a, b]} # both\n');
    expect(disconnect(joined, 'b', 'u')).toBe(text);
  });

  it('pastes whole steps with their comments under free names', () => {
    const yaml = copySteps(FLOW, ['joined', 'mapped']);
    const { text, names } = paste(FLOW, yaml, 'mapped');
    expect([...names]).toEqual([
      ['joined', 'joined_2'],
      ['mapped', 'mapped_2'],
    ]);
    expect(text).toContain('  mapped_2:\n    from: joined_2\n    map:\n      order_no: so_no\n');
    expect(text.match(/# exact/g)?.length).toBe(2);
    expect(refusal(() => paste(FLOW, 'hello'))).toBe('unreadable_steps');
    expect(duplicate(FLOW, ['customers']).text).toContain('  customers_2: {read: crm.customer}\n');
  });

  it('puts a step between two', () => {
    const step = {
      name: 'big',
      settings: new Map([
        ['from', ''],
        ['where', 'true'],
      ]),
    };
    const after = insertBetween(FLOW, 'joined', 'mapped', step);
    expect(diff(FLOW, after)).toEqual(['+  big:', '+    where: true', '+    from: big']);
    expect(read(after).steps.map((one) => one.inputs.map((input) => input.step).join())).toEqual([
      '',
      '',
      'orders,customers',
      'joined',
      'big',
      'mapped',
    ]);
  });
});

describe('settings', () => {
  it('changes one value and nothing around it', () => {
    const cases: [string[], string | undefined, string[]][] = [
      [['columns'], undefined, ['-    columns: [so_no, cust_no]      # pushed down']],
      [['where'], "a = 'x: y'", [`+    where: "a = 'x: y'"`]],
      [['read'], 'erp.订单', ['-    read: erp.sales.sales_order', '+    read: erp.订单']],
    ];
    for (const [path, value, lines] of cases) {
      expect(diff(FLOW, setSetting(FLOW, 'orders', path, value))).toEqual(lines);
    }
    const list = setSetting(FLOW, 'orders', ['columns'], ['so_no', 'amt', 'cust_no']);
    expect(list).toContain('    columns: [so_no, amt, cust_no]      # pushed down');
  });

  it('edits a mapping entry by entry', () => {
    const set = setMapEntry(FLOW, 'mapped', 'map', 'amount', 'amt');
    expect(set).toContain('      amount: "amt"   # exact\n');
    const named = renameMapEntry(FLOW, 'mapped', 'map', 'amount', 'total');
    expect(named).toContain('      total: "cast(amt as decimal(18,2))"   # exact\n');
    const turned = reorderMap(FLOW, 'mapped', 'map', ['*', 'amount', 'order_no']);
    expect(turned).toContain(
      `    map:\n      '*': keep\n      amount: "cast(amt as decimal(18,2))"   # exact\n      order_no: so_no\n`,
    );
    const more = setMapEntry(FLOW, 'mapped', 'map', '2024', "'null'");
    expect(more).toContain(`      '*': keep\n      2024: "'null'"\n`);
  });

  it('writes several lines as a block, in the block that is there', () => {
    const after = setSetting(FLOW, 'joined', ['sql'], 'select *\n  from orders\n');
    expect(after).toContain('    sql: |\n      select *\n        from orders\n  mapped:');
    const fresh = setSetting(FLOW, 'orders', ['where'], 'a\nor b');
    expect(fresh).toContain('    where: |-\n      a\n      or b\n');
  });

  it('quotes what YAML or the engine would take for something else', () => {
    for (const value of [
      'null',
      '~',
      '# x',
      'a: b',
      '- a',
      '*x',
      "it's: so",
      '',
      ' x',
      'x ',
      '{a}',
    ]) {
      const after = setSetting(FLOW, 'orders', ['where'], value);
      expect(read(after).steps[0]?.settings.get('where'), value).toBe(value);
    }
  });

  it('keeps CRLF, a BOM and a missing last line ending', () => {
    const text = `\uFEFF${FLOW.replaceAll('\n', '\r\n').trimEnd()}`;
    const after = setSetting(text, 'orders', ['where'], 'a > 0');
    expect(after.startsWith('\uFEFFflow')).toBe(true);
    expect(after.replaceAll('\r\n', '').includes('\n')).toBe(false);
    expect(setSetting(after, 'orders', ['where'])).toBe(text);
    expect(setVerify(text, 'count').endsWith('verify: {after: count}')).toBe(true);
  });

  it('leaves anchors and broken texts alone and says so', () => {
    const anchored = FLOW.replace('[so_no, cust_no]', '&cols [so_no, cust_no]');
    expect(setSetting(anchored, 'orders', ['columns'], ['so_no'])).toContain('&cols [so_no]');
    const aliased = anchored.replace('[order_no]', '*cols');
    expect(refusal(() => setSetting(aliased, 'orders', ['columns'], ['so_no']))).toBe('unsafe');
    expect(refusal(() => setSetting(aliased, 'crm_orders', ['key'], ['a']))).toBe('anchored');
    expect(refusal(() => setSetting(anchored, 'orders', ['columns'], 'a'))).toBe('anchored');
    expect(refusal(() => setSetting(`${FLOW}  x: [`, 'orders', ['where'], 'a'))).toBe('broken');
  });

  it('sets verification and the words of a copy', () => {
    expect(setVerify(FLOW, 'none')).toContain('verify: {after: none}\n');
    expect(setVerify(FLOW)).not.toContain('verify');
    const copy = 'flow: c\ncopy: {from: erp, include: ["sales.*"], to: dw, mode: replace}\n';
    expect(setCopy(copy, 'into', 'ods_{table}')).toBe(
      'flow: c\ncopy: {from: erp, include: ["sales.*"], to: dw, mode: replace, into: \'ods_{table}\'}\n',
    );
  });
});

describe('connections', () => {
  const TEXT = 'connection: erp\ntype: postgres   # main\nhost: 127.0.0.1\npassword: ${env:P}\n';

  it('sets, adds and removes options', () => {
    expect(setOption(TEXT, 'host', 'db1')).toBe(TEXT.replace('127.0.0.1', 'db1'));
    expect(setOption(TEXT, 'port', '5433')).toBe(`${TEXT}port: 5433\n`);
    expect(removeOption(setOption(TEXT, 'port', '5433'), 'port')).toBe(TEXT);
    expect(setOption(TEXT, ['auth', 'kind'], 'basic')).toBe(`${TEXT}auth: {kind: basic}\n`);
    expect(readOptions(TEXT).get('password')).toBe('${env:P}');
  });
});
