import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Segmented, Skeleton } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { at } from '../../client/api';
import { useFilters, useProject } from '../../client/place';
import { useThing } from '../../client/queries';
import type { Home } from '../../client/types';
import { EmptyHint } from '../../components/EmptyHint';
import { Failure } from '../../components/Failure';
import { PageHeader } from '../../components/PageHeader';
import { Failing, Freshness, Quotas, Slowest } from './Lists';
import { Kpis } from './Kpis';
import './home.css';

const RowsChart = lazy(() => import('./RowsChart'));
const REFRESH_MS = 30_000;
const WINDOWS = { '24h': 'day', '7d': 'week', '30d': 'month' } as const;

function Begin() {
  const { t } = useTranslation('home');
  const project = useProject();
  const navigate = useNavigate();
  return (
    <div className="panel">
      <EmptyHint
        title={t('begin')}
        hint={t('begin_hint')}
        action={
          <span className="row">
            <Button
              type="primary"
              onClick={() => void navigate({ to: '/p/$project/move', params: { project } })}
            >
              {t('begin_move')}
            </Button>
            <Link to="/p/$project/connections" params={{ project }}>
              {t('begin_connections')}
            </Link>
            <Link to="/p/$project/flows" params={{ project }}>
              {t('begin_flows')}
            </Link>
          </span>
        }
      />
    </div>
  );
}

function Board({ home }: { home: Home }) {
  const { t } = useTranslation('home');
  return (
    <>
      <Kpis home={home} />
      <section className="panel stack tight">
        <h2>{t('rows_by_hour')}</h2>
        <Suspense fallback={<Skeleton active />}>
          <RowsChart points={home.rows_by_hour} />
        </Suspense>
      </section>
      <div className="halves">
        <Failing runs={home.failing} />
        <Freshness items={home.freshness} />
        <Slowest items={home.slowest} />
        <Quotas items={home.quotas} />
      </div>
    </>
  );
}

/** How a project is doing, at a glance: what runs, what fails, what is late, what is running out. */
export function HomePage() {
  const { t } = useTranslation('home');
  const project = useProject();
  const [{ window = '24h' }, change] = useFilters();
  const home = useThing<Home>(at('projects', project, 'home'), {
    query: { window, zone: Intl.DateTimeFormat().resolvedOptions().timeZone },
    every: REFRESH_MS,
  });
  const quiet =
    home.data && home.data.transfer.runs === 0 && home.data.running + home.data.waiting === 0;
  return (
    <div className="stack">
      <PageHeader
        title={t('title')}
        actions={
          <Segmented
            aria-label={t('window')}
            value={window}
            onChange={(next) => change({ window: next })}
            options={Object.entries(WINDOWS).map(([value, key]) => ({
              value,
              label: t(`common:time.${key}`),
            }))}
          />
        }
      />
      <Failure error={home.error} onRetry={() => void home.refetch()} />
      {home.isPending && <Skeleton active paragraph={{ rows: 8 }} />}
      {quiet && <Begin />}
      {home.data && !quiet && <Board home={home.data} />}
    </div>
  );
}
