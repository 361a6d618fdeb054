import { useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { isWeekend, monthsOf, movedBy, weekday, type Days } from './days';
import './calendars.css';

type DayProps = {
  day: string;
  days: Days;
  today: boolean;
  inTabOrder: boolean;
  readOnly: boolean;
  onToggle: (day: string) => void;
};

function Day({ day, days, today, inTabOrder, readOnly, onToggle }: DayProps) {
  const { t, i18n } = useTranslation('calendars');
  const kind = days[day];
  const plain = isWeekend(day) ? 'weekend' : 'weekday';
  const date = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'full', timeZone: 'UTC' });
  return (
    <button
      type="button"
      data-day={day}
      className={`day ${plain} ${kind ?? ''}${today ? ' today' : ''}`}
      style={day.endsWith('-01') ? { gridColumnStart: weekday(day) + 1 } : undefined}
      tabIndex={inTabOrder ? 0 : -1}
      aria-disabled={readOnly}
      aria-label={`${date.format(Date.parse(day))}: ${t(`day.${kind ?? plain}`)}`}
      onClick={() => !readOnly && onToggle(day)}
    >
      {Number(day.slice(8))}
      {kind && <span aria-hidden>{t(`sign.${kind}`)}</span>}
    </button>
  );
}

type Props = { year: number; days: Days; readOnly: boolean; onToggle: (day: string) => void };

/** A year of days; one of them is in the tab order, arrows go to the others. */
export function YearGrid({ year, days, readOnly, onToggle }: Props) {
  const { t, i18n } = useTranslation('calendars');
  const grid = useRef<HTMLDivElement>(null);
  const today = new Date().toISOString().slice(0, 10);
  const [last, setLast] = useState(today);
  const focus = last.startsWith(`${year}-`) ? last : `${year}-01-01`;
  const move = (event: KeyboardEvent) => {
    const to = movedBy(event.key, (event.target as HTMLElement).dataset['day'] ?? focus);
    if (!to) return;
    event.preventDefault();
    setLast(to);
    grid.current?.querySelector<HTMLElement>(`[data-day="${to}"]`)?.focus();
  };
  const title = new Intl.DateTimeFormat(i18n.language, { month: 'long', timeZone: 'UTC' });
  const short = new Intl.DateTimeFormat(i18n.language, { weekday: 'narrow', timeZone: 'UTC' });
  const monday = Date.UTC(2024, 0, 1);
  return (
    <div
      className="year-grid"
      ref={grid}
      onKeyDown={move}
      role="group"
      aria-label={t('year', { year: String(year) })}
    >
      {monthsOf(year).map((month) => (
        <section key={month[0]} className="panel month">
          <h2>{title.format(Date.parse(month[0]!))}</h2>
          <div className="month-days">
            {Array.from({ length: 7 }, (_, at) => (
              <span key={at} className="soft" aria-hidden>
                {short.format(monday + at * 86_400_000)}
              </span>
            ))}
            {month.map((day) => (
              <Day
                key={day}
                day={day}
                days={days}
                today={day === today}
                inTabOrder={day === focus}
                readOnly={readOnly}
                onToggle={(one) => {
                  setLast(one);
                  onToggle(one);
                }}
              />
            ))}
          </div>
        </section>
      ))}
    </div>
  );
}
