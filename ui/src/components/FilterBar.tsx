import { Button, Input, Select } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

export type Filter =
  | { key: string; kind: 'search'; label: string }
  | {
      key: string;
      kind: 'choice';
      label: string;
      options: { value: string; label: string }[];
      /** How a Select looks for options that are not among these. */
      search?: object;
    }
  | { key: string; kind: 'time'; label: string };

type Values = Record<string, string>;
type Props = { filters: Filter[]; values: Values; onChange: (change: Values) => void };

const TYPING_MS = 250;

function SearchField({ filter, value, onChange }: FieldProps) {
  const [text, setText] = useState(value);
  const [seen, setSeen] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  if (value !== seen) {
    // Changed from outside, by a link or by `back`.
    setSeen(value);
    setText(value);
  }
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <Input.Search
      allowClear
      aria-label={filter.label}
      placeholder={filter.label}
      style={{ width: 240 }}
      value={text}
      onChange={(event) => {
        const next = event.target.value;
        setText(next);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => onChange(next), TYPING_MS);
      }}
      onSearch={(next) => {
        clearTimeout(timer.current);
        onChange(next);
      }}
    />
  );
}

type FieldProps = { filter: Filter; value: string; onChange: (value: string) => void };

function localMinute(value: string): string {
  const moment = new Date(value);
  if (Number.isNaN(moment.getTime())) return '';
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000)
    .toISOString()
    .slice(0, 16);
}

function TimeField({ filter, value, onChange }: FieldProps) {
  return (
    <label className="row soft">
      {filter.label}
      <Input
        type="datetime-local"
        style={{ width: 200 }}
        value={value ? localMinute(value) : ''}
        onChange={({ target }) =>
          onChange(target.value ? new Date(target.value).toISOString() : '')
        }
      />
    </label>
  );
}

function Field(props: FieldProps) {
  const { filter, value, onChange } = props;
  if (filter.kind === 'search') return <SearchField {...props} />;
  if (filter.kind === 'time') return <TimeField {...props} />;
  return (
    <Select
      allowClear
      aria-label={filter.label}
      placeholder={filter.label}
      style={{ minWidth: 140 }}
      {...filter.search}
      options={filter.options}
      value={value || null}
      onChange={(next) => onChange(next ?? '')}
    />
  );
}

/** Filters of a list; their values are the caller's, who keeps them in the address. */
export function FilterBar({ filters, values, onChange }: Props) {
  const { t } = useTranslation('common');
  const set = filters.filter(({ key }) => values[key]);
  return (
    <div className="row" role="search">
      {filters.map((filter) => (
        <Field
          key={filter.key}
          filter={filter}
          value={values[filter.key] ?? ''}
          onChange={(value) => onChange({ [filter.key]: value })}
        />
      ))}
      {set.length > 0 && (
        <Button
          type="text"
          onClick={() => onChange(Object.fromEntries(filters.map(({ key }) => [key, ''])))}
        >
          {t('filter.clear')}
        </Button>
      )}
    </div>
  );
}
