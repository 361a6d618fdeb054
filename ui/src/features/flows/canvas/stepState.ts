import type { FlowCheck, PlannedStep, Preview, Problem } from '../../../client/types';
import type { Editor } from '../editor/editorStore';

/** What a node shows beside its name; small and comparable, so that a node redraws only for it. */
export type StepMark = 'fine' | 'problem' | 'stale' | 'sampled' | 'pinned';

export function plannedOf(editor: Editor, step: string): PlannedStep | undefined {
  return editor.check?.result.steps[step];
}

/** Problems say their step in `steps`, or in a place such as `flow.yaml:12:3`. */
export function problemsOfStep(editor: Editor, step: string): Problem[] {
  return plannedOf(editor, step)?.problems ?? [];
}

export function allProblems(check: FlowCheck | undefined): Problem[] {
  if (!check) return [];
  const seen = new Set<string>();
  const all = [...check.problems, ...Object.values(check.steps).flatMap((step) => step.problems)];
  return all.filter((problem) => {
    const key = `${problem.code} ${problem.place ?? ''} ${problem.message}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

export function markOf(editor: Editor, step: string): StepMark {
  if (problemsOfStep(editor, step).length > 0) return 'problem';
  if (editor.pins.has(step)) return 'pinned';
  const sample = editor.samples.get(step);
  if (!sample) return 'fine';
  return sample.key === editor.keys.get(step) ? 'sampled' : 'stale';
}

/** Rows last seen to leave a step: of its pin, or of a sample that still holds. */
export function rowsOf(editor: Editor, step: string): { rows: number; all: boolean } | undefined {
  const pinned = editor.pins.get(step);
  if (pinned) return counted(pinned);
  const sample = editor.samples.get(step);
  return sample && sample.key === editor.keys.get(step) ? counted(sample.preview) : undefined;
}

function counted(preview: Preview) {
  return { rows: preview.rows.length, all: preview.of === 'all' };
}

export interface KnownColumn {
  name: string;
  type: string;
  nullable?: boolean;
}

/** Columns a step gives: as planned, else as last sampled; undefined when nobody has looked yet. */
export function columnsOf(editor: Editor, step: string): KnownColumn[] | undefined {
  return (
    plannedOf(editor, step)?.columns ??
    editor.pins.get(step)?.columns ??
    editor.samples.get(step)?.preview.columns ??
    undefined
  );
}
