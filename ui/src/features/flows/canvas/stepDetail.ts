import type { Step } from '../../../document/flow';

const SIGNS_MAX = 60;

/** The few words under a step's name: what it reads, writes or does. */
export function detailOf(step: Step): string {
  const value = step.kind ? step.settings.get(step.kind) : undefined;
  const first = typeof value === 'string' ? value : Array.isArray(value) ? listed(value) : '';
  const text = value instanceof Map ? [...value.keys()].join(', ') : first;
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > SIGNS_MAX ? `${line.slice(0, SIGNS_MAX - 1)}…` : line;
}

function listed(items: unknown[]): string {
  return items.map((item) => (item instanceof Map ? ruleText(item) : String(item))).join(', ');
}

function ruleText(rule: Map<string, unknown>): string {
  const text = rule.get('rule');
  if (typeof text === 'string') return text;
  return rule.get('not_null') === undefined ? '' : `${String(rule.get('column'))} not null`;
}
