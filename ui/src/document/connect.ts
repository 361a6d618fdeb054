import { findStep, read, type FlowDocument, type Step } from './flow';
import { guarded } from './guard';
import { EditRefused } from './refused';
import { sqlName } from './sqlTables';
import { needStep } from './steps';
import { removeAt, setAt } from './tree';

/** Lets a step take its rows from another one. */
export function connect(text: string, from: string, to: string): string {
  const flow = read(text);
  const source = needStep(text, from);
  const target = needStep(text, to);
  refuseUnfit(flow, source, target);
  if (target.inputs.some((input) => input.step === from)) return text;
  return guarded(text, connected(text, from, target), [to]);
}

function connected(text: string, from: string, target: Step): string {
  const path = ['steps', target.name];
  if (target.kind === 'union') {
    const union = target.settings.get('union');
    const list = Array.isArray(union) ? union.filter((one) => one !== '') : [];
    return setAt(text, [...path, 'union'], [...list, from]);
  }
  if (target.kind !== 'sql') return setAt(text, [...path, 'from'], from);
  const sql = target.settings.get('sql');
  if (typeof sql === 'string' && sql.trim() !== '') {
    throw new EditRefused('sql_names_inputs', { step: target.name, input: from });
  }
  return setAt(text, [...path, 'sql'], `select * from ${sqlName(from)}`);
}

/** Why two steps cannot be joined, before anybody tries. */
export function whyUnfit(text: string, from: string, to: string): EditRefused | undefined {
  const flow = read(text);
  const source = findStep(flow, from);
  const target = findStep(flow, to);
  if (!source || !target) return new EditRefused('not_found', { what: source ? to : from });
  try {
    refuseUnfit(flow, source, target);
    return undefined;
  } catch (refused) {
    return refused as EditRefused;
  }
}

function refuseUnfit(flow: FlowDocument, source: Step, target: Step): void {
  if (target.kind === 'read') throw new EditRefused('reads_take_no_rows', { step: target.name });
  if (source.kind === 'write') throw new EditRefused('writes_give_no_rows', { step: source.name });
  if (reaches(flow, target.name, source.name)) {
    throw new EditRefused('circle', { from: source.name, to: target.name });
  }
}

/** Whether rows of one step come to another, following the inputs upwards. */
function reaches(flow: FlowDocument, from: string, to: string): boolean {
  const byName = new Map(flow.steps.map((step) => [step.name, step]));
  const open = [to];
  const seen = new Set<string>();
  while (open.length > 0) {
    const name = open.pop()!;
    if (name === from) return true;
    if (seen.has(name)) continue;
    seen.add(name);
    byName.get(name)?.inputs.forEach((input) => open.push(input.step));
  }
  return false;
}

/** Takes the rows of one step away from another. */
export function disconnect(text: string, from: string, to: string): string {
  const target = needStep(text, to);
  const input = target.inputs.find((one) => one.step === from);
  if (!input) return text;
  if (input.word === 'sql') throw new EditRefused('sql_names_inputs', { step: to, input: from });
  const path = ['steps', to, input.word];
  if (input.word === 'from') return guarded(text, removeAt(text, path), [to]);
  const union = target.settings.get('union');
  const index = Array.isArray(union) ? union.indexOf(from) : -1;
  return guarded(text, removeAt(text, [...path, index]), [to]);
}
