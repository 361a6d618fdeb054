import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useProject } from '../../client/place';
import type { RunDetail, RunProgress } from '../../client/types';
import { isOver } from '../../client/useRun';
import { useSeconds } from '../../components/now';
import { RelativeTime } from '../../components/RelativeTime';
import { count, seconds } from '../../components/times';
import { soFar } from './sofar';
import { whoOf } from './who';
import './runs.css';

type Props = { run: RunDetail; progress: Record<string, RunProgress> };

/** What a run comes to in figures, as it goes. */
export function Figures({ run, progress }: Props) {
  const { t, i18n } = useTranslation('runs');
  const project = useProject();
  const now = soFar(run, progress, useSeconds(!isOver(run.state)));
  const number = (value: number | null | undefined) => count(value, i18n.language);
  const figures = [
    [t('read'), number(now.read)],
    [t('written'), number(now.written)],
    [
      t('rejected'),
      now.rejected ? (
        <Link key="r" to="/p/$project/rejects" params={{ project }} search={{ flow: run.flow }}>
          {number(now.rejected)}
        </Link>
      ) : (
        number(now.rejected)
      ),
    ],
    [t('took'), seconds(now.seconds)],
    [t('started'), <RelativeTime key="s" at={run.started_at ?? run.queued_at} />],
    [t('trigger'), [t(`trigger_by.${run.trigger}`), whoOf(run.actor)].filter(Boolean).join(' · ')],
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
