import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api, ProblemError } from '../../client/api';
import type { FieldInfo, FlowCheck, PlannedColumn, Preview, Proposal } from '../../client/types';
import { useMay } from '../../client/session';
import { flowOf } from '../../mapping/flowOf';
import { inputOf, targetsOf, upstreamOf, type WriteTarget } from '../../mapping/road';
import { designPath, SAMPLE_ROWS, type Proposed } from './wire';

/** What the server knows about both sides of a mapping. */
export interface Facts {
  input: string | undefined;
  writes: WriteTarget[];
  sources: FieldInfo[];
  targets: FieldInfo[] | undefined;
  proposals: Map<string, Proposal>;
  pending: boolean;
  error: unknown;
  /** The dataset that is written to, where the first run makes it. */
  made: string | undefined;
  refetch: () => void;
}

const FRESH_MS = 5 * 60_000;
const ONCE = { staleTime: FRESH_MS, refetchOnWindowFocus: false, retry: false } as const;

function fieldsOf(columns: PlannedColumn[] | null | undefined, preview?: Preview): FieldInfo[] {
  return (columns ?? []).map(({ name, type, nullable, filled = false }) => {
    const at = preview?.columns.findIndex((column) => column.name === name) ?? -1;
    const values = at < 0 ? [] : (preview?.rows.map((row) => row[at]) ?? []);
    const samples = values.filter((value): value is string => typeof value === 'string');
    return { name, type, nullable, filled, comment: null, samples, key: false };
  });
}

/**
 * Asks again only when something above the mapping has changed: its own edits leave both sides as
 * they are. Without a target dataset, or when it cannot be reached, the plan of the flow still tells
 * the columns of the input.
 */
export function useFacts(project: string, text: string, step: string, dataset?: string): Facts {
  const input = inputOf(text, step);
  const writes = useMemo(() => targetsOf(text, step), [text, step]);
  const write = writes.find((one) => one.dataset === dataset) ?? writes[0];
  const upstream = useMemo(() => upstreamOf(text, input), [text, input]);
  const { name } = flowOf(text);
  const known = [project, name, step, input, upstream];
  // Rows, and what is made of them, are for those who may draw the mapping; others see its columns.
  const may = useMay(project, 'developer');
  const propose = useQuery({
    queryKey: [...known, 'propose', write?.dataset],
    queryFn: ({ signal }) =>
      api.post<Proposed>(
        designPath(project, 'propose'),
        { name, text, source: { step: input }, target: { dataset: write?.dataset } },
        { signal },
      ),
    enabled: may && input !== undefined && write !== undefined,
    ...ONCE,
  });
  const alone = input !== undefined && (!may || write === undefined || propose.isError);
  const check = useQuery({
    queryKey: [...known, 'check', write?.step],
    queryFn: ({ signal }) =>
      api.post<FlowCheck>(designPath(project, 'check'), { name, text }, { signal }),
    enabled: alone,
    ...ONCE,
  });
  const preview = useQuery({
    queryKey: [...known, 'samples'],
    queryFn: ({ signal }) =>
      api.post<Preview>(
        designPath(project, 'preview'),
        { name, text, step: input, limit: SAMPLE_ROWS },
        { signal },
      ),
    enabled: may && alone && check.isSuccess,
    ...ONCE,
  });
  return useMemo(() => {
    const proposed = propose.data;
    const planned = check.data?.steps;
    const plan = write && planned?.[write.step]?.target;
    const absent = propose.error instanceof ProblemError && propose.error.has('DATASET_MISSING');
    const made = absent && plan?.exists === false;
    const target = plan?.columns;
    return {
      input,
      writes,
      sources: proposed?.source ?? fieldsOf(input ? planned?.[input]?.columns : null, preview.data),
      targets: proposed?.target ?? (target ? fieldsOf(target) : undefined),
      proposals: new Map(proposed?.proposals.map((one) => [one.target, one])),
      pending: propose.isLoading || check.isLoading,
      error: (made ? undefined : propose.error) ?? check.error,
      made: made ? write?.dataset : undefined,
      refetch: () => void (write ? propose.refetch() : check.refetch()),
    };
    // The queries themselves are new objects each time; what they hold is not.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [
    input,
    writes,
    write,
    propose.data,
    propose.isLoading,
    propose.error,
    check.data,
    check.error,
    check.isLoading,
    preview.data,
  ]);
}
