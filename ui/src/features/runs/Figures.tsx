import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useProject } from '../../client/place';
import type { RunDetail } from '../../client/types';
import { RelativeTime } from '../../components/RelativeTime';
import { count, seconds } from '../../components/times';
import './runs.css';

/** What a run comes to in figures. */
export function Figures({ run }: { run: RunDetail }) {
  const { t, i18n } = useTranslation('runs');
  const project = useProject();
  const number = (value: number | null | undefined) => count(value, i18n.language);
  const figures = [
    [t('read'), number(run.rows_read)],
    [t('written'), number(run.rows_written)],
    [
      t('rejected'),
      run.rows_rejected ? (
        <Link key="r" to="/p/$project/rejects" params={{ project }} search={{ flow: run.flow }}>
          {number(run.rows_rejected)}
        </Link>
      ) : (
        number(run.rows_rejected)
      ),
    ],
    [t('took'), seconds(run.seconds)],
    [t('started'), <RelativeTime key="s" at={run.started_at ?? run.queued_at} />],
    [t('trigger'), `${t(`trigger_by.${run.trigger}`)} ${run.actor ?? ''}`],
    [t('revision'), run.revision ?? '–'],
  ] as const;
  return (
    <dl className="panel figures">
      {figures.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
