import type { FieldInfo, FlowCheck, PlannedColumn, Proposal, RunDetail } from '../src/client/types';
import { read } from '../src/document/flow';

/** Flows as large as people bring them, and what a server would say of them. */

const ROADS = 30;

/** Thirty roads of ten steps each, joined in the middle: 300 steps, 328 lines. */
export function largeFlow(): string {
  const steps: string[] = [];
  for (let i = 0; i < ROADS; i++) {
    const other = i === 0 ? '' : ` join good_${i - 1} using (id)`;
    steps.push(
      `  orders_${i}:\n    read: shop.orders_${i}`,
      `  mapped_${i}:\n    from: orders_${i}\n    map:\n      id: order_no\n      '*': keep`,
      `  recent_${i}:\n    from: mapped_${i}\n    where: placed_at > date '2026-01-01'`,
      `  checked_${i}:\n    from: recent_${i}\n    expect:\n      - rule: total >= 0`,
      `  good_${i}:\n    from: checked_${i}\n    dedupe: [id]`,
      `  joined_${i}:\n    sql: select * from good_${i}${other}`,
      `  named_${i}:\n    from: joined_${i}\n    map:\n      '*': keep`,
      `  large_${i}:\n    from: named_${i}\n    where: total > 1000`,
      `  sent_${i}:\n    from: large_${i}\n    write: crm.orders_${i}\n    mode: append`,
      `  kept_${i}:\n    from: named_${i}\n    write: store.orders_${i}\n    mode: append`,
    );
  }
  return `flow: large\nsteps:\n${steps.join('\n')}\n`;
}

const NAMES = ['id', 'order_no', 'placed_at', 'total', 'customer', 'city', 'street', 'note'];
const COLUMNS: PlannedColumn[] = NAMES.map((name) => ({ name, type: 'text', nullable: true }));

export function checkOf(text: string): FlowCheck {
  const { steps } = read(text);
  return {
    problems: [],
    steps: Object.fromEntries(
      steps.map(({ name, kind, inputs }) => [
        name,
        {
          kind: kind ?? 'read',
          inputs: inputs.map(({ step }) => step),
          columns: name === 'rows' ? wide.source : COLUMNS,
          problems: [],
        },
      ]),
    ),
  };
}

export function runOf(text: string): RunDetail {
  const { name, steps } = read(text);
  return {
    id: 'run-1',
    flow: name ?? 'large',
    revision: 1,
    state: 'succeeded',
    trigger: 'manual',
    attempt: 1,
    attempts_max: 1,
    ended_at: '2026-11-26T07:00:00.000Z',
    attempts: [],
    steps: steps.map((step, i) => ({
      name: step.name,
      kind: step.kind ?? null,
      state: 'succeeded',
      rows_in: 120_000 - i,
      rows_out: 120_000 - i,
      rows_rejected: 0,
    })),
  };
}

export const FIELDS = 300;

const named = (side: string): FieldInfo[] =>
  Array.from({ length: FIELDS }, (_, i) => ({
    name: `${side}_${i}`,
    type: i % 5 === 0 ? 'decimal(18, 2)' : 'text',
    nullable: i % 3 !== 0,
    comment: `第 ${i} 列`,
    samples: [`value ${i}`],
    key: i === 0,
  }));

/** Both sides of a mapping with 300 columns each, and a proposal for all of them. */
export const wide = {
  source: named('source'),
  target: named('target'),
  proposals: Array.from(
    { length: FIELDS },
    (_, i): Proposal => ({
      target: `target_${i}`,
      source: `source_${i}`,
      score: 95,
      band: 'auto',
      reasons: [{ code: 'name', text: { zh: '名称相近', en: 'similar name' }, score: 95 }],
      alternatives: [],
    }),
  ),
};

export const WIDE_FLOW = `flow: wide
steps:
  rows:
    read: shop.wide
  mapped:
    from: rows
    map:
      target_0: source_0
  written:
    from: mapped
    write: store.wide
    mode: append
`;
