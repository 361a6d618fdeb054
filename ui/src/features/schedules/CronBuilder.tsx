import { Input, InputNumber, Segmented, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { choiceOf, cronOf, PRESETS, type CronChoice } from './cron';

type Props = { value?: string; onChange?: (cron: string) => void; id?: string };
type Set = (change: Partial<CronChoice>) => void;

/** Monday, as a date whose weekday names a language can be asked for. */
const MONDAY = Date.UTC(2026, 0, 5);
const DAY_MS = 86_400_000;

function useWeekdays() {
  const { i18n } = useTranslation();
  const names = new Intl.DateTimeFormat(i18n.language, { weekday: 'short', timeZone: 'UTC' });
  return [1, 2, 3, 4, 5, 6, 7].map((day) => ({
    value: day,
    label: names.format(MONDAY + (day - 1) * DAY_MS),
  }));
}

function Clock({ choice, set }: { choice: CronChoice; set: Set }) {
  const { t } = useTranslation('schedules');
  const two = (value: number) => String(value).padStart(2, '0');
  return (
    <Input
      type="time"
      style={{ width: 130 }}
      aria-label={t('cron.time')}
      value={`${two(choice.hour)}:${two(choice.minute)}`}
      onChange={({ target }) => {
        const [hour, minute] = target.value.split(':').map(Number);
        if (hour !== undefined && minute !== undefined) set({ hour, minute });
      }}
    />
  );
}

function Details({ choice, set }: { choice: CronChoice; set: Set }) {
  const { t } = useTranslation('schedules');
  const weekdays = useWeekdays();
  const days = Array.from({ length: 31 }, (_, index) => ({ value: index + 1, label: index + 1 }));
  switch (choice.preset) {
    case 'minutes':
      return (
        <label className="row">
          {t('cron.every')}
          <InputNumber
            min={1}
            max={59}
            value={choice.every}
            onChange={(every) => set({ every: every ?? 1 })}
          />
          {t('cron.minutes_unit')}
        </label>
      );
    case 'hourly':
      return (
        <label className="row">
          {t('cron.at_minute')}
          <InputNumber
            min={0}
            max={59}
            value={choice.minute}
            onChange={(minute) => set({ minute: minute ?? 0 })}
          />
        </label>
      );
    case 'weekly':
      return (
        <div className="row">
          <Select
            mode="multiple"
            style={{ minWidth: 240 }}
            aria-label={t('cron.weekdays')}
            options={weekdays}
            value={choice.weekdays}
            onChange={(some: number[]) => set({ weekdays: some })}
          />
          <Clock choice={choice} set={set} />
        </div>
      );
    case 'monthly':
      return (
        <div className="row">
          <Select
            mode="multiple"
            style={{ minWidth: 240 }}
            aria-label={t('cron.days')}
            options={days}
            value={choice.days}
            onChange={(some: number[]) => set({ days: some })}
          />
          <Clock choice={choice} set={set} />
        </div>
      );
    case 'custom':
      return (
        <Input
          className="code"
          aria-label={t('cron.text')}
          value={choice.text}
          onChange={({ target }) => set({ text: target.value })}
        />
      );
    default:
      return <Clock choice={choice} set={set} />;
  }
}

/** A schedule chosen in words; the cron text below is what is kept. */
export function CronBuilder({ value = '', onChange, id }: Props) {
  const { t } = useTranslation('schedules');
  const [choice, setChoice] = useState(() => choiceOf(value));
  const set: Set = (change) => {
    const next = { ...choice, ...change };
    setChoice(next);
    onChange?.(cronOf(next));
  };
  return (
    <div id={id} className="stack tight">
      <Segmented
        aria-label={t('cron.preset')}
        value={choice.preset}
        options={PRESETS.map((preset) => ({ value: preset, label: t(`cron.${preset}`) }))}
        onChange={(preset) => set({ preset, text: cronOf(choice) })}
      />
      <Details choice={choice} set={set} />
      <code className="soft">{cronOf(choice)}</code>
    </div>
  );
}
