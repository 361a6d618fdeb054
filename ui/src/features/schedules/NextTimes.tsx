import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, at } from '../../client/api';
import { useProject } from '../../client/place';
import type { SchedulePreview } from '../../client/types';
import { Failure } from '../../components/Failure';
import { ProblemList } from '../../components/ProblemList';
import { wordsOf } from './words';

const TYPING_MS = 400;

type Props = { cron: string; zone: string; calendar?: string | null | undefined };

function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), TYPING_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

/** The next five times a schedule would fire, as the server counts them. */
export function NextTimes({ cron, zone, calendar }: Props) {
  const { t, i18n } = useTranslation('schedules');
  const path = at('projects', useProject(), 'schedules', 'preview');
  const asked = useSettled(JSON.stringify({ cron, zone, calendar: calendar || null }));
  const preview = useQuery({
    queryKey: [path, asked],
    queryFn: ({ signal }) => api.post<SchedulePreview>(path, JSON.parse(asked), { signal }),
  });
  const never = preview.data?.next.length === 0 && preview.data.problems?.length === 0;
  const format = new Intl.DateTimeFormat(i18n.language, {
    timeZone: zone,
    weekday: 'short',
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
  return (
    <section className="panel stack tight" aria-live="polite" style={{ marginBottom: 16 }}>
      <strong>{wordsOf(cron, preview.data?.words, i18n.language)}</strong>
      <Failure error={preview.error} />
      <ProblemList problems={preview.data?.problems ?? []} />
      <span className="soft">{t(never ? 'never' : 'next_five')}</span>
      <ol style={{ margin: 0, paddingLeft: 20 }}>
        {preview.data?.next.map((moment) => (
          <li key={moment}>{format.format(new Date(moment))}</li>
        ))}
      </ol>
      {!!preview.data?.open_years?.length && (
        <span className="soft">
          {t('no_official_list', { years: preview.data.open_years.join(', ') })}
        </span>
      )}
    </section>
  );
}
