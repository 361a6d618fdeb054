import { useCallback, useMemo, useState } from 'react';
import type { Proposal } from '../../client/types';
import { EditRefused } from '../../document/refused';
import {
  accepting,
  clearTargets,
  setExpression,
  setExpressions,
  taking,
} from '../../mapping/edits';
import { mappingGaps } from '../../mapping/gaps';
import { linesOf, readMapping, rowsOf, usesOf } from '../../mapping/state';
import type { MappingModel } from './model';
import { useEvaluation } from './useEvaluation';
import { useFacts, type Facts } from './useFacts';
import type { Evaluation } from './wire';

export interface MappingEditorProps {
  project: string;
  text: string;
  step: string;
  onChange: (nextText: string) => void;
  readOnly?: boolean;
}

const PAUSE_MS = 500;
const EVALUATED_MAX = 400;

/** The question about all expressions of the mapping at once. */
function requestOf(entries: ReadonlyMap<string, string>, targets: Facts['targets']): string {
  const asked = [...entries].filter(([, sql]) => sql.trim() !== '').slice(0, EVALUATED_MAX);
  const types = new Map(targets?.map(({ name, type }) => [name, type]));
  return JSON.stringify({
    expressions: Object.fromEntries(asked),
    target_types: Object.fromEntries(
      asked.flatMap(([name]) => {
        const type = types.get(name);
        return type === undefined ? [] : [[name, type]];
      }),
    ),
  });
}

function failingIn(evaluation: Evaluation | undefined): Set<string> {
  const failing = new Set<string>();
  for (const row of evaluation?.rows ?? []) {
    for (const [name, { failed }] of Object.entries(row)) if (failed) failing.add(name);
  }
  return failing;
}

function useRows(
  text: string,
  step: string,
  facts: Facts,
  rejected: ReadonlySet<string>,
  evaluation?: Evaluation,
) {
  return useMemo(() => {
    const mapping = readMapping(text, step);
    const proposals = new Map([...facts.proposals].filter(([target]) => !rejected.has(target)));
    const { sources, targets } = facts;
    const failing = failingIn(evaluation);
    const rows = rowsOf(mapping, { sources, targets, proposals, types: evaluation?.types ?? {} });
    const names = sources.map(({ name }) => name);
    return {
      keep: mapping.keep,
      rows,
      lines: linesOf(rows).map((line) =>
        failing.has(line.target) ? { ...line, kind: 'unsafe' as const } : line,
      ),
      failing,
      uses: usesOf(rows),
      gaps: mappingGaps(text, step, targets ?? [], names.length > 0 ? names : undefined),
    };
  }, [text, step, facts, rejected, evaluation]);
}

type Act = MappingModel['act'];

/** Applies an edit, or keeps the reason why it was not made. */
function useAct({ text, onChange, readOnly }: MappingEditorProps): [Act, EditRefused | undefined] {
  const [refused, setRefused] = useState<EditRefused>();
  const act = useCallback<Act>(
    (change) => {
      if (readOnly) return false;
      try {
        const next = change(text);
        setRefused(undefined);
        if (next !== text) onChange(next);
        return true;
      } catch (error) {
        if (!(error instanceof EditRefused)) throw error;
        setRefused(error);
        return false;
      }
    },
    [text, onChange, readOnly],
  );
  return [act, refused];
}

export function useMapping(props: MappingEditorProps, dataset: string | undefined): MappingModel {
  const { project, text, step, readOnly = false } = props;
  const facts = useFacts(project, text, step, dataset);
  const [selected, select] = useState<string>();
  const [rejected, setRejected] = useState<ReadonlySet<string>>(new Set());
  const [act, refused] = useAct(props);
  const request = useMemo(
    () => requestOf(readMapping(text, step).entries, facts.targets),
    [text, step, facts.targets],
  );
  const { evaluation } = useEvaluation(
    { project, text, input: facts.input, pause: PAUSE_MS },
    request,
  );
  const state = useRows(text, step, facts, rejected, evaluation);
  const { sources } = facts;
  const { rows } = state;
  return useMemo(() => {
    const columnOf = (target: string) => rows.find(({ name }) => name === target)?.column;
    return {
      ...state,
      project,
      text,
      step,
      readOnly,
      facts,
      evaluation,
      selected,
      refused,
      select,
      act,
      map: (source: string, target: string) => {
        const sql = taking(sources, source, columnOf(target));
        if (act((now) => setExpression(now, step, target, sql))) select(target);
      },
      clear: (targets: readonly string[]) => void act((now) => clearTargets(now, step, targets)),
      accept: (accepts: (proposal: Proposal) => boolean) =>
        void act((now) => setExpressions(now, step, accepting(rows, sources, accepts))),
      reject: (target: string) => setRejected(new Set([...rejected, target])),
    };
  }, [
    state,
    rows,
    sources,
    project,
    text,
    step,
    readOnly,
    facts,
    evaluation,
    selected,
    refused,
    act,
    rejected,
  ]);
}
