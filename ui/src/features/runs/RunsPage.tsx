import { Link } from '@tanstack/react-router';
import type { TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { at } from '../../client/api';
import { useFilters, useProject } from '../../client/place';
import { useFlowChoices } from '../../client/flowChoices';
import { useList, useRefresh } from '../../client/queries';
import type { Run, RunState, Trigger } from '../../client/types';
import { useEvents } from '../../client/useEvents';
import type { Filter } from '../../components/FilterBar';
import { PageHeader } from '../../components/PageHeader';
import { RelativeTime } from '../../components/RelativeTime';
import { ResourceTable } from '../../components/ResourceTable';
import { StateTag } from '../../components/StateTag';
import { count, seconds } from '../../components/times';
import { runsPath } from '../../client/runPaths';
import { whoOf } from './who';

const STATES: RunState[] = ['waiting', 'running', 'succeeded', 'rejected', 'failed', 'cancelled'];
const TRIGGERS: Trigger[] = ['manual', 'schedule', 'dependency', 'api', 'retry'];
const REFRESH_MS = 10_000;

function useColumns(): TableColumnsType<Run> {
  const { t, i18n } = useTranslation('runs');
  const project = useProject();
  // What a server that died began counts as an attempt, but not as one of the retries.
  const attemptOf = (attempt: number, max: number) =>
    attempt > max ? t('attempt', { attempt }) : t('attempt_of', { attempt, max });
  const number = (value: number | null | undefined) => count(value, i18n.language);
  return [
    {
      title: t('run'),
      render: (_, { id, flow, attempt, attempts_max }) => (
        <div>
          <Link to="/p/$project/runs/$id" params={{ project, id }}>
            {flow}
          </Link>
          <div className="soft">
            <code>{id}</code>
            {attempt > 1 && ` · ${attemptOf(attempt, attempts_max)}`}
          </div>
        </div>
      ),
    },
    { title: t('state'), render: (_, { state }) => <StateTag state={state} /> },
    {
      title: t('trigger'),
      render: (_, { trigger, actor }) => (
        <span>
          {t(`trigger_by.${trigger}`)}{' '}
          {whoOf(actor) && <span className="soft">· {whoOf(actor)}</span>}
        </span>
      ),
    },
    {
      title: t('started'),
      render: (_, { started_at, queued_at }) => <RelativeTime at={started_at ?? queued_at} />,
    },
    { title: t('took'), className: 'number', render: (_, run) => seconds(run.seconds) },
    { title: t('read'), className: 'number', render: (_, run) => number(run.rows_read) },
    { title: t('written'), className: 'number', render: (_, run) => number(run.rows_written) },
    {
      title: t('rejected'),
      className: 'number',
      render: (_, run) =>
        run.rows_rejected ? (
          <Link to="/p/$project/rejects" params={{ project }} search={{ flow: run.flow }}>
            {number(run.rows_rejected)}
          </Link>
        ) : (
          number(run.rows_rejected)
        ),
    },
  ];
}

function useRunFilters(): Filter[] {
  const { t } = useTranslation('runs');
  const { flows, search } = useFlowChoices();
  return [
    { key: 'query', kind: 'search', label: t('search') },
    {
      key: 'state',
      kind: 'choice',
      label: t('state'),
      options: STATES.map((state) => ({ value: state, label: t(`common:state.${state}`) })),
    },
    {
      key: 'flow',
      kind: 'choice',
      label: t('flow'),
      options: flows.map(({ name }) => ({ value: name, label: name })),
      search,
    },
    {
      key: 'trigger',
      kind: 'choice',
      label: t('trigger'),
      options: TRIGGERS.map((one) => ({ value: one, label: t(`trigger_by.${one}`) })),
    },
    { key: 'ended_after', kind: 'time', label: t('ended_after') },
    { key: 'ended_before', kind: 'time', label: t('ended_before') },
  ];
}

/** Every run of a project, newest first. The list follows by itself; its filters are its address. */
export function RunsPage() {
  const { t } = useTranslation('runs');
  const project = useProject();
  const path = runsPath(project);
  const [values, change] = useFilters();
  const refresh = useRefresh();
  const filters = useRunFilters();
  const columns = useColumns();
  const query = Object.fromEntries(filters.map(({ key }) => [key, values[key]]));
  const list = useList<Run>(path, { query, every: REFRESH_MS });
  useEvents(at('projects', project, 'events'), () => void refresh(path));
  return (
    <div className="stack">
      <PageHeader title={t('title')} hint={t('hint')} />
      <ResourceTable
        label={t('title')}
        listing={list}
        columns={columns}
        rowKey={({ id }) => id}
        filters={filters}
        values={values}
        onFilter={change}
        views="runs"
        empty={{
          title: t('none'),
          hint: t('none_hint'),
          action: (
            <Link to="/p/$project/flows" params={{ project }}>
              {t('to_flows')}
            </Link>
          ),
        }}
      />
    </div>
  );
}
