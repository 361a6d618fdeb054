import type { Diagnostic } from '@codemirror/lint';
import type { Text } from '@codemirror/state';
import { lineOf } from '../../client/problem';
import type { Problem } from '../../client/types';

/** Problems that know their line, as marks; the rest is told beside the editor only. */
export function diagnosticsOf(problems: Problem[], text: Text): Diagnostic[] {
  return problems.flatMap((problem) => {
    if (!problem.line || problem.line < 1 || problem.line > text.lines) return [];
    const line = text.line(problem.line);
    const from = Math.min(line.from + Math.max(0, (problem.column ?? 1) - 1), line.to);
    const message = lineOf(problem);
    return [{ from, to: Math.max(from, line.to), severity: 'error' as const, message }];
  });
}
