import { DeleteOutlined } from '@ant-design/icons';
import { AutoComplete, Button, Input, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { sqlName } from '../../document/sqlTables';
import { useModel } from './model';

export function Field({ label, children }: { label: string; children: ReactNode }) {
  return (
    <label className="quick-field">
      <span>{label}</span>
      {children}
    </label>
  );
}

type OperandProps = {
  label?: string;
  /** SQL; undefined for a field that only adds. */
  value: string | undefined;
  onChange: (sql: string) => void;
  onRemove?: () => void;
};

/** A column of the source; an expression that stands there is kept and can be chosen again. */
export function OperandField({ label, value, onChange, onRemove }: OperandProps) {
  const { t } = useTranslation('mapping');
  const { facts, readOnly } = useModel();
  const columns = facts.sources.map(({ name, comment }) => ({
    value: sqlName(name),
    label: comment ? `${name} · ${comment}` : name,
  }));
  const known = value === undefined || columns.some((column) => column.value === value);
  return (
    <Field label={label ?? t('form.of')}>
      <span className="row quick-operand">
        <Select
          size="small"
          showSearch={{ optionFilterProp: 'label' }}
          disabled={readOnly}
          value={value ?? null}
          options={known ? columns : [{ value, label: value }, ...columns]}
          onChange={(next: string | null) => next !== null && onChange(next)}
        />
        {onRemove && (
          <Button
            size="small"
            type="text"
            icon={<DeleteOutlined />}
            disabled={readOnly}
            aria-label={t('form.remove_part')}
            onClick={onRemove}
          />
        )}
      </span>
    </Field>
  );
}

type TextProps = { label: string; value: string; onCommit: (value: string) => void };

/** A text that counts when it is left or entered, not with every letter. */
function useTyped(value: string, onCommit: (value: string) => void) {
  const [typed, setTyped] = useState(value);
  const [seen, setSeen] = useState(value);
  if (seen !== value) {
    setSeen(value);
    setTyped(value);
  }
  return { typed, setTyped, commit: () => typed !== value && onCommit(typed) };
}

export function TextField({ label, value, onCommit }: TextProps) {
  const { readOnly } = useModel();
  const { typed, setTyped, commit } = useTyped(value, onCommit);
  return (
    <Field label={label}>
      <Input
        size="small"
        disabled={readOnly}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
        onBlur={commit}
        onPressEnter={commit}
      />
    </Field>
  );
}

export function SuggestField(props: TextProps & { choices: readonly string[] }) {
  const { label, value, choices, onCommit } = props;
  const { readOnly } = useModel();
  const { typed, setTyped, commit } = useTyped(value, onCommit);
  return (
    <Field label={label}>
      <AutoComplete
        size="small"
        disabled={readOnly}
        value={typed}
        options={choices.map((choice) => ({ value: choice }))}
        onChange={setTyped}
        onSelect={onCommit}
        onBlur={commit}
      />
    </Field>
  );
}
