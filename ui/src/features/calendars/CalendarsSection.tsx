import { PlusOutlined } from '@ant-design/icons';
import { Button, Select, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { at } from '../../client/api';
import { useFilters } from '../../client/place';
import { useThing } from '../../client/queries';
import { useMay } from '../../client/session';
import type { Page } from '../../client/types';
import { EmptyHint } from '../../components/EmptyHint';
import { Failure } from '../../components/Failure';
import { CalendarEditor } from './CalendarEditor';
import { NewCalendar } from './NewCalendar';

/** Which days count as workdays, for schedules that leave holidays out. */
export function CalendarsSection() {
  const { t } = useTranslation('calendars');
  const may = useMay('*', 'administrator');
  const known = useThing<Page<{ name: string }>>(at('calendars'));
  const [{ calendar }, change] = useFilters();
  const [adding, setAdding] = useState(false);
  if (known.error) return <Failure error={known.error} />;
  if (!known.data) return <Skeleton active />;
  const names = known.data.items.map(({ name }) => name);
  const shown = calendar && names.includes(calendar) ? calendar : names[0];
  return (
    <div className="stack">
      <div className="row spread">
        <span className="row">
          <Select
            style={{ minWidth: 180 }}
            aria-label={t('calendar')}
            value={shown ?? null}
            options={names.map((name) => ({ value: name, label: name }))}
            onChange={(name) => change({ calendar: name })}
          />
          <span className="soft">{t('hint')}</span>
        </span>
        <Button icon={<PlusOutlined />} disabled={!may} onClick={() => setAdding(true)}>
          {t('add')}
        </Button>
      </div>
      {shown ? (
        <CalendarEditor key={shown} name={shown} />
      ) : (
        <EmptyHint title={t('none')} hint={t('hint')} />
      )}
      {adding && (
        <NewCalendar
          onClose={() => setAdding(false)}
          onMade={(name) => {
            setAdding(false);
            change({ calendar: name });
          }}
        />
      )}
    </div>
  );
}
