import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { api, at } from '../../client/api';
import { useThing } from '../../client/queries';
import type {
  Dataset,
  DocumentEntry,
  FieldInfo,
  FlowCheck,
  Page,
  Preview,
  Proposal,
} from '../../client/types';
import { accepting, taking } from '../../mapping/edits';
import { isOpen, readMapping, rowsOf, type TargetRow } from '../../mapping/state';
import { sqlName } from '../../document/sqlTables';
import { likelyMode, MAPPED, moveName, moveText, type Mode } from './moveText';

export interface End {
  connection?: string;
  dataset?: string;
  /** A table that is to be made. */
  fresh?: boolean;
}

const ROWS = 20;
const ONCE = { refetchOnWindowFocus: false, retry: false } as const;

const full = ({ connection, dataset }: End): string =>
  connection && dataset ? `${connection}.${dataset}` : '';

interface Proposed {
  source: FieldInfo[];
  target: FieldInfo[];
  proposals: Proposal[];
}

type Proposals = Pick<ReturnType<typeof useSides>, 'sources' | 'targets' | 'proposals'>;

/** Both sides of the move, and what the server proposes between them. */
function useSides(project: string, from: End, to: End) {
  const [source, target] = [full(from), full(to)];
  const propose = useQuery({
    queryKey: [project, 'move', 'propose', source, target],
    queryFn: ({ signal }) =>
      api.post<Proposed>(
        at('projects', project, 'flows', 'propose'),
        { source: { dataset: source }, target: { dataset: target } },
        { signal },
      ),
    enabled: source !== '' && target !== '' && !to.fresh,
    ...ONCE,
  });
  const described = useThing<Dataset>(
    at('projects', project, 'connections', from.connection ?? '', 'datasets', from.dataset ?? ''),
    { enabled: source !== '' && target !== '' && to.fresh === true },
  );
  return useMemo(() => {
    const fresh = described.data?.columns.map(
      (column): FieldInfo => ({
        name: column.name,
        type: column.type,
        nullable: column.nullable ?? true,
        comment: column.comment ?? null,
        samples: [],
        key: described.data.key.includes(column.name),
      }),
    );
    const known = to.fresh
      ? { sources: fresh ?? [], targets: fresh ?? [], proposals: [] }
      : {
          sources: propose.data?.source ?? [],
          targets: propose.data?.target ?? [],
          proposals: propose.data?.proposals ?? [],
        };
    return {
      ...known,
      pending: to.fresh ? described.isLoading : propose.isLoading,
      error: to.fresh ? described.error : propose.error,
    };
  }, [to.fresh, described.data, described.isLoading, described.error, propose]);
}

/** What is wrong with the flow as it would be, and the first rows it would write. */
function useTrial(project: string, name: string, text: string, ready: boolean) {
  const check = useQuery({
    queryKey: [project, 'move', 'check', text],
    queryFn: ({ signal }) =>
      api.post<FlowCheck>(at('projects', project, 'flows', 'check'), { name, text }, { signal }),
    enabled: ready,
    placeholderData: keepPreviousData,
    ...ONCE,
  });
  const preview = useQuery({
    queryKey: [project, 'move', 'preview', text],
    queryFn: ({ signal }) =>
      api.post<Preview>(
        at('projects', project, 'flows', 'preview'),
        { name, text, step: MAPPED, limit: ROWS },
        { signal },
      ),
    enabled: ready,
    placeholderData: keepPreviousData,
    ...ONCE,
  });
  return { check, preview };
}

/** The columns of the target, with what each gets and what is proposed for it. */
function useRows(text: string, sides: Proposals): TargetRow[] {
  const { sources, targets, proposals } = sides;
  return useMemo(() => {
    const known = new Map(proposals.map((one) => [one.target, one]));
    return rowsOf(readMapping(text, MAPPED), { sources, targets, proposals: known, types: {} });
  }, [text, sources, targets, proposals]);
}

export type MoveModel = ReturnType<typeof useMove>;

/** All that a move is while it is being set up; what is saved in the end is the text of a flow. */
export function useMove(project: string) {
  const [from, setFrom] = useState<End>({});
  const [to, setTo] = useState<End>({});
  const [given, setGiven] = useState<ReadonlyMap<string, string>>(new Map());
  const [chosenMode, setMode] = useState<Mode>();
  const [chosenName, setName] = useState<string>();
  const flows = useThing<Page<DocumentEntry>>(at('projects', project, 'flows'), {
    query: { limit: 200 },
  });
  const sides = useSides(project, from, to);
  const { sources, targets } = sides;
  // A table that is to be made takes every column as it is.
  const entries = useMemo(
    () =>
      to.fresh && given.size === 0
        ? new Map(sources.map(({ name }) => [name, sqlName(name)]))
        : given,
    [to.fresh, given, sources],
  );
  const key = targets.filter((column) => column.key).map((column) => column.name);
  const mode = chosenMode ?? likelyMode(to.fresh === true, key, entries);
  const taken = flows.data?.items.map(({ name }) => name) ?? [];
  const chosen = full(from) !== '' && full(to) !== '';
  const name = chosenName ?? (chosen ? moveName(full(from), full(to), taken) : '');
  const text = chosen ? moveText({ name, from: full(from), to: full(to), entries, mode, key }) : '';
  const trial = useTrial(project, name, text, entries.size > 0 && name !== '');
  const rows = useRows(text, sides);
  const open = rows.filter((row) => isOpen(row) && row.proposal?.source);
  const begin = (set: (end: End) => void) => (end: End) => {
    set(end);
    setGiven(new Map());
    setMode(undefined);
  };
  return {
    project,
    from,
    to,
    setFrom: begin(setFrom),
    setTo: begin(setTo),
    chosen,
    sides,
    rows,
    /** Rows that have a proposal and nothing else yet. */
    open,
    entries,
    name,
    setName,
    nameTaken: taken.includes(name),
    mode,
    setMode,
    key,
    text,
    ...trial,
    acceptAll: () => setGiven(new Map([...given, ...accepting(rows, sources, () => true)])),
    write: (row: TargetRow, sql: string) => {
      const next = new Map(entries);
      if (sql.trim() === '') next.delete(row.name);
      else if (sources.some((source) => source.name === sql))
        next.set(row.name, taking(sources, sql, row.column));
      else next.set(row.name, sql);
      setGiven(next);
    },
  };
}
