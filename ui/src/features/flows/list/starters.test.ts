import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { starters, type StarterKey } from './starters';

describe.each(Object.keys(starters) as StarterKey[])('%s', (key) => {
  it('is a document of its own name that reads and writes what was chosen', () => {
    const flow = parse(starters[key]('orders', 'erp', 'crm'));
    expect(flow.flow).toBe('orders');
    if (key === 'blank') return;
    if (flow.copy) {
      expect(flow.copy).toMatchObject({ from: 'erp', to: 'crm' });
      return;
    }
    const steps = Object.values<Record<string, string>>(flow.steps);
    expect(steps.find((step) => step['read'])?.['read']).toMatch(/^erp\./);
    expect(steps.find((step) => step['write'])?.['write']).toMatch(/^crm\./);
    for (const { from } of steps) if (from) expect(Object.keys(flow.steps)).toContain(from);
  });
});
