import { Link } from '@tanstack/react-router';
import { Button, Dropdown, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '../../client/api';
import { useFilters, useProject } from '../../client/place';
import { useList, useSend, useThing } from '../../client/queries';
import { useMay } from '../../client/session';
import type { AlertRule, Channel, Incident, Page } from '../../client/types';
import { useNow } from '../../components/now';
import { RelativeTime } from '../../components/RelativeTime';
import { ResourceTable } from '../../components/ResourceTable';
import { StateTag } from '../../components/StateTag';
import { useNotice } from '../../components/useNotice';
import { channelsPath, incidentsPath, rulesPath, runOf } from './paths';
import './alerts.css';

const REFRESH_MS = 15_000;
const SILENCES = [30, 120, 480, 1440];

function Deliveries({ incident }: { incident: Incident }) {
  const { t } = useTranslation('alerts');
  const channels = useThing<Page<Channel>>(channelsPath(useProject()));
  const nameOf = (id: string) => channels.data?.items.find((one) => one.id === id)?.name ?? id;
  return (
    <div className="stack tight">
      <div style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{incident.text}</div>
      {incident.fix && <div className="soft">{incident.fix}</div>}
      <ul className="plain-list">
        {(incident.deliveries ?? []).map(({ channel, at, ok, answer }) => (
          <li key={`${channel}${at}`} className="row">
            <StateTag state={ok ? 'succeeded' : 'failed'} />
            {nameOf(channel)} <RelativeTime at={at} />
            <code className="soft">{answer}</code>
          </li>
        ))}
      </ul>
      {!incident.deliveries?.length && <span className="soft">{t('no_deliveries')}</span>}
    </div>
  );
}

function Where({ flow, link }: Pick<Incident, 'flow' | 'link'>) {
  const project = useProject();
  const run = runOf(link);
  if (!run) return flow ?? '–';
  return (
    <Link to="/p/$project/runs/$id" params={{ project, id: run }}>
      {flow}
    </Link>
  );
}

function Silence({ incident }: { incident: Incident }) {
  const { t } = useTranslation('alerts');
  const project = useProject();
  const may = useMay(project, 'operator');
  const { done, failed } = useNotice();
  const now = useNow();
  const silence = useSend(
    (minutes: number) => api.post(incidentsPath(project, incident.id, 'silence'), { minutes }),
    incidentsPath(project),
  );
  if (incident.closed_at) return null;
  if (incident.silenced_until && Date.parse(incident.silenced_until) > now) {
    return (
      <span className="soft">
        {t('silenced')} <RelativeTime at={incident.silenced_until} />
      </span>
    );
  }
  return (
    <Dropdown
      trigger={['click']}
      disabled={!may}
      menu={{
        items: SILENCES.map((minutes) => ({
          key: minutes,
          label: minutes < 60 ? t('minutes', { minutes }) : t('hours', { hours: minutes / 60 }),
        })),
        onClick: ({ key }) =>
          silence.mutate(Number(key), { onSuccess: () => done(t('silenced')), onError: failed }),
      }}
    >
      <Button loading={silence.isPending}>{t('silence')}</Button>
    </Dropdown>
  );
}

/** Faults that were noticed: one incident each, however often it happened again. */
export function Incidents() {
  const { t } = useTranslation('alerts');
  const project = useProject();
  const [values, change] = useFilters();
  const rules = useThing<Page<AlertRule>>(rulesPath(project));
  const list = useList<Incident>(incidentsPath(project), {
    query: { state: values['state'] },
    every: REFRESH_MS,
  });
  const ruleOf = (id: string) => rules.data?.items.find((one) => one.id === id)?.name ?? id;
  const columns: TableColumnsType<Incident> = [
    {
      title: t('state'),
      render: (_, { closed_at }) => <StateTag state={closed_at ? 'closed' : 'open'} />,
    },
    {
      title: t('incident'),
      render: (_, { text, rule }) => (
        <div style={{ maxWidth: 520 }}>
          <div className="incident-text">{text.split('\n')[0]}</div>
          <span className="soft">{ruleOf(rule)}</span>
        </div>
      ),
    },
    { title: t('flow'), render: (_, { flow, link }) => <Where flow={flow} link={link} /> },
    { title: t('times'), dataIndex: 'count', className: 'number' },
    { title: t('opened'), render: (_, { opened_at }) => <RelativeTime at={opened_at} /> },
    { title: t('closed'), render: (_, { closed_at }) => <RelativeTime at={closed_at} /> },
    { title: '', align: 'right', render: (_, incident) => <Silence incident={incident} /> },
  ];
  return (
    <ResourceTable
      label={t('tab.incidents')}
      listing={list}
      columns={columns}
      rowKey={({ id }) => id}
      filters={[
        {
          key: 'state',
          kind: 'choice',
          label: t('state'),
          options: ['open', 'closed'].map((one) => ({
            value: one,
            label: t(`common:state.${one}`),
          })),
        },
      ]}
      values={values}
      onFilter={change}
      expand={{ expandedRowRender: (incident) => <Deliveries incident={incident} /> }}
      empty={{
        title: t('no_incidents'),
        hint: t('no_incidents_hint'),
        action: (
          <Button type="link" onClick={() => change({ tab: 'rules', state: '' })}>
            {t('to_rules')}
          </Button>
        ),
      }}
    />
  );
}
