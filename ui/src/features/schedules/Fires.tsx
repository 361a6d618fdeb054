import { Link } from '@tanstack/react-router';
import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { at } from '../../client/api';
import { useProject } from '../../client/place';
import { useThing } from '../../client/queries';
import type { Fire, Page, Schedule } from '../../client/types';
import { Failure } from '../../components/Failure';
import { RelativeTime } from '../../components/RelativeTime';
import { StateTag } from '../../components/StateTag';
import './fires.css';

const REFRESH_MS = 15_000;
const STATES: Record<Fire['outcome'], string> = {
  started: 'succeeded',
  missed: 'late',
  busy: 'waiting',
  unpublished: 'draft',
};

function useMoment(zone: string) {
  const { i18n } = useTranslation();
  const format = new Intl.DateTimeFormat(i18n.language, {
    timeZone: zone,
    weekday: 'short',
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
  return (at: string) => format.format(new Date(at));
}

function Past({ fire, moment }: { fire: Fire; moment: string }) {
  const { t } = useTranslation('schedules');
  const project = useProject();
  return (
    <li className="row">
      <time dateTime={fire.time}>{moment}</time>
      <StateTag state={STATES[fire.outcome] ?? fire.outcome} text={t(`outcome.${fire.outcome}`)} />
      {fire.run && (
        <Link to="/p/$project/runs/$id" params={{ project, id: fire.run }}>
          {t('to_run')}
        </Link>
      )}
      {fire.outcome === 'missed' && (
        <span className="soft">
          {t('noticed')} <RelativeTime at={fire.at} />
        </span>
      )}
    </li>
  );
}

/** The times of a schedule: those to come, and what became of those that came. */
export function Fires({ schedule }: { schedule: Schedule }) {
  const { t } = useTranslation('schedules');
  const path = at('projects', useProject(), 'schedules', schedule.id, 'fires');
  const fires = useThing<Page<Fire>>(path, { every: REFRESH_MS });
  const moment = useMoment(schedule.zone);
  const next = schedule.paused ? [] : (schedule.next ?? []);
  return (
    <div className="halves">
      <section aria-label={t('past')}>
        <h3 className="soft">{t('past')}</h3>
        <Failure error={fires.error} />
        {fires.isPending && <Skeleton active paragraph={{ rows: 2 }} title={false} />}
        {fires.data?.items.length === 0 && <p className="soft">{t('no_past')}</p>}
        <ul className="plain-list fires">
          {fires.data?.items.map((fire) => (
            <Past key={fire.time} fire={fire} moment={moment(fire.time)} />
          ))}
        </ul>
      </section>
      <section aria-label={t('to_come')}>
        <h3 className="soft">{t('to_come')}</h3>
        {next.length === 0 && <p className="soft">{t(schedule.paused ? 'off' : 'no_next')}</p>}
        <ul className="plain-list fires">
          {next.map((one) => (
            <li key={one} className="row">
              <time dateTime={one}>{moment(one)}</time> <RelativeTime at={one} />
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
