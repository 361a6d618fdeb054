import { LeftOutlined, RightOutlined, SaveOutlined } from '@ant-design/icons';
import { Button, Input, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, at } from '../../client/api';
import { useSend, useThing } from '../../client/queries';
import { useMay } from '../../client/session';
import type { Calendar, DayKind } from '../../client/types';
import { Failure } from '../../components/Failure';
import { useNotice } from '../../components/useNotice';
import { rangesOf, toggled, type Days, type Range } from './days';
import { YearGrid } from './YearGrid';

function Ranges({ days, kind, year }: { days: Days; kind: DayKind; year: number }) {
  const { t, i18n } = useTranslation('calendars');
  const format = new Intl.DateTimeFormat(i18n.language, {
    month: 'short',
    day: 'numeric',
    timeZone: 'UTC',
  });
  const said = ({ from, to }: Range) => format.formatRange(Date.parse(from), Date.parse(to));
  const ranges = rangesOf(days, kind, year);
  return (
    <p className="soft" style={{ margin: 0 }}>
      {t(`all.${kind}`)} {ranges.length > 0 ? ranges.map(said).join(t('comma')) : t('none_named')}
    </p>
  );
}

function Years({ year, onYear }: { year: number; onYear: (year: number) => void }) {
  const { t } = useTranslation('calendars');
  return (
    <span className="row">
      <Button
        type="text"
        icon={<LeftOutlined />}
        aria-label={t('year_before')}
        onClick={() => onYear(year - 1)}
      />
      <strong aria-live="polite">{t('year', { year: String(year) })}</strong>
      <Button
        type="text"
        icon={<RightOutlined />}
        aria-label={t('year_after')}
        onClick={() => onYear(year + 1)}
      />
    </span>
  );
}

function Loaded({ calendar }: { calendar: Calendar }) {
  const { t } = useTranslation('calendars');
  const path = at('calendars', calendar.name);
  const may = useMay('*', 'administrator');
  const { done } = useNotice();
  const [title, setTitle] = useState(calendar.title);
  const [days, setDays] = useState<Days>(calendar.days);
  const [saved, setSaved] = useState({ title, days });
  const [year, setYear] = useState(() => new Date().getFullYear());
  const save = useSend(
    () => api.put<Calendar>(path, { title, note: calendar.note ?? '', days }),
    at('calendars'),
  );
  const dirty = days !== saved.days || title !== saved.title;
  return (
    <div className="stack">
      <Failure error={save.error} />
      <div className="row spread">
        <span className="row">
          <Input
            aria-label={t('title_field')}
            style={{ width: 240 }}
            disabled={!may}
            value={title}
            onChange={({ target }) => setTitle(target.value)}
          />
          <Years year={year} onYear={setYear} />
        </span>
        <Button
          type="primary"
          icon={<SaveOutlined />}
          disabled={!may || !dirty}
          loading={save.isPending}
          onClick={() =>
            save.mutate(undefined, {
              onSuccess: () => {
                setSaved({ title, days });
                done(t('common:saved'));
              },
            })
          }
        >
          {t('common:action.save')}
        </Button>
      </div>
      <div>
        <Ranges days={days} kind="holiday" year={year} />
        <Ranges days={days} kind="workday" year={year} />
      </div>
      <YearGrid
        year={year}
        days={days}
        readOnly={!may}
        onToggle={(day) => setDays((before) => toggled(before, day))}
      />
      {calendar.note && <p className="soft">{calendar.note}</p>}
    </div>
  );
}

/** One calendar by years: a click on a day makes it a day off or a working day. */
export function CalendarEditor({ name }: { name: string }) {
  const calendar = useThing<Calendar>(at('calendars', name));
  if (calendar.error) return <Failure error={calendar.error} />;
  if (!calendar.data) return <Skeleton active />;
  return <Loaded key={name} calendar={calendar.data} />;
}
