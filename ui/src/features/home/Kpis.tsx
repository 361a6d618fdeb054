import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useProject } from '../../client/place';
import type { Home, RunState } from '../../client/types';
import { count, seconds, shortCount } from '../../components/times';

type KpiProps = { label: string; value: ReactNode; note?: ReactNode; state?: RunState };

function Kpi({ label, value, note, state }: KpiProps) {
  const project = useProject();
  const body = (
    <>
      <span className="soft">{label}</span>
      <strong {...(state ? { style: { color: `var(--${state})` } } : {})}>{value}</strong>
      <span className="soft">{note}</span>
    </>
  );
  if (!state) return <div className="panel kpi">{body}</div>;
  return (
    <Link to="/p/$project/runs" params={{ project }} search={{ state }} className="panel kpi">
      {body}
    </Link>
  );
}

/** Success, failures, load and time, each leading to the runs it counts. */
export function Kpis({ home }: { home: Home }) {
  const { t, i18n } = useTranslation('home');
  const { transfer } = home;
  const number = (value: number) => count(value, i18n.language);
  // The rate comes as a share of one; a window without an ended run has none.
  const rate =
    transfer.success_rate === null ? '–' : `${Number((transfer.success_rate * 100).toFixed(1))}%`;
  return (
    <div className="kpis">
      <Kpi label={t('success_rate')} value={rate} note={t('of_runs', { count: transfer.runs })} />
      <Kpi label={t('failed')} value={number(transfer.failed)} state="failed" />
      <Kpi label={t('rejected')} value={number(transfer.rejected)} state="rejected" />
      <Kpi
        label={t('running')}
        value={number(home.running)}
        note={t('waiting', { count: home.waiting })}
        state="running"
      />
      <Kpi
        label={t('rows_today')}
        value={
          <span title={number(home.rows_today)}>{shortCount(home.rows_today, i18n.language)}</span>
        }
      />
      <Kpi
        label={t('typical')}
        value={seconds(transfer.seconds_p50)}
        note={
          <span className="kpi-notes">
            <span>{t('p95', { time: seconds(transfer.seconds_p95) })}</span>
            <span>{t('p99', { time: seconds(transfer.seconds_p99) })}</span>
          </span>
        }
      />
    </div>
  );
}
