import { findStep, type FlowDocument, type StepKind } from '../document/flow';
import { flowOf } from './flowOf';

/** Where the rows of a mapping come from and where they go. */

export interface WriteTarget {
  /** The write step. */
  step: string;
  dataset: string;
}

/** Steps that hand their columns on as they are. */
const PASSING: ReadonlySet<StepKind | undefined> = new Set(['where', 'expect', 'dedupe', 'union']);

export function inputOf(text: string, step: string): string | undefined {
  return findStep(flowOf(text), step)?.inputs[0]?.step;
}

/** The datasets below that get the columns of a step as they are. */
export function targetsOf(text: string, step: string): WriteTarget[] {
  const { steps } = flowOf(text);
  const found: WriteTarget[] = [];
  const seen = new Set([step]);
  const waiting = [step];
  for (let at = waiting.shift(); at !== undefined; at = waiting.shift()) {
    for (const { name, kind, settings, inputs } of steps) {
      if (seen.has(name) || !inputs.some((input) => input.step === at)) continue;
      seen.add(name);
      const dataset = settings.get('write');
      if (kind === 'write' && typeof dataset === 'string' && dataset !== '') {
        found.push({ step: name, dataset });
      }
      if (PASSING.has(kind)) waiting.push(name);
    }
  }
  return found;
}

/** All that a step's rows depend on, as text: what is known about them holds as long as it does. */
export function upstreamOf(text: string, step: string | undefined): string {
  if (step === undefined) return '';
  const flow = flowOf(text);
  const seen = new Set<string>();
  collect(flow, step, seen);
  return flow.steps
    .filter(({ name }) => seen.has(name))
    .map(({ range }) => text.slice(range.from, range.to))
    .join('\n');
}

function collect(flow: FlowDocument, name: string, seen: Set<string>) {
  if (seen.has(name)) return;
  seen.add(name);
  for (const input of findStep(flow, name)?.inputs ?? []) collect(flow, input.step, seen);
}
