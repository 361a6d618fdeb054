import type { FlowDocument } from './flow';
import { EditRefused } from './refused';

/** Names of steps: letters of any script, digits, `_` and `-`; never two that differ in case only. */
const NAME = /^[\p{L}\p{Nd}_][\p{L}\p{Nd}_-]*$/u;
const NAME_MAX = 200;

export function isStepName(name: string): boolean {
  return NAME.test(name) && name.length <= NAME_MAX;
}

export function checkName(flow: FlowDocument, name: string, except?: string): void {
  if (!isStepName(name)) throw new EditRefused('name_invalid', { name });
  if (isTaken(flow, name, except)) throw new EditRefused('name_taken', { name });
}

function isTaken(flow: FlowDocument, name: string, except?: string): boolean {
  const lower = name.toLowerCase();
  return flow.steps.some((step) => step.name !== except && step.name.toLowerCase() === lower);
}

/** The name itself, or with the lowest number behind it that is free. */
export function freeName(flow: FlowDocument, wanted: string, taken: Iterable<string> = []): string {
  const used = new Set([...flow.steps.map((step) => step.name), ...taken].map(lower));
  if (!used.has(lower(wanted))) return wanted;
  const stem = wanted.replace(/_\d+$/, '');
  let number = 2;
  while (used.has(lower(`${stem}_${number}`))) number++;
  return `${stem}_${number}`;
}

function lower(name: string): string {
  return name.toLowerCase();
}
