import { at } from '../../client/api';
import type { FieldInfo, Problem, Proposal } from '../../client/types';

export interface Proposed {
  source: FieldInfo[];
  target: FieldInfo[];
  proposals: Proposal[];
}

export interface Evaluated {
  value: string | null;
  /** The source is not null, and the strict cast refuses it. */
  failed: boolean;
  message?: string | null;
}

export interface Evaluation {
  rows: Record<string, Evaluated>[];
  types: Record<string, string>;
  problems: Problem[];
}

export interface EvaluationRequest {
  expressions: Record<string, string>;
  target_types: Record<string, string>;
}

export const SAMPLE_ROWS = 5;

export function designPath(project: string, act: 'check' | 'preview' | 'propose' | 'evaluate') {
  return at('projects', project, 'flows', act);
}
