import { Checkbox, Input, Select } from 'antd';
import { useId, useState, type ReactNode } from 'react';

/** Fields that hand their value on when it is complete, not at every key. */

type FieldProps = { label: string; hint?: ReactNode; children: (id: string) => ReactNode };

export function Field({ label, hint, children }: FieldProps) {
  const id = useId();
  return (
    <div className="flow-field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {hint && <div className="soft">{hint}</div>}
    </div>
  );
}

type TextProps = {
  label: string;
  value: string;
  readOnly: boolean;
  onCommit: (value: string) => unknown;
  hint?: ReactNode;
  placeholder?: string;
  /** Without a visible label. */
  bare?: boolean;
  code?: boolean;
  rows?: number;
};

export function TextField(props: TextProps) {
  if (props.bare) return <Text {...props} />;
  return (
    <Field label={props.label} hint={props.hint}>
      {(id) => <Text {...props} id={id} />}
    </Field>
  );
}

function Text({
  id,
  label,
  value,
  readOnly,
  onCommit,
  placeholder,
  code,
  rows,
}: TextProps & { id?: string }) {
  const [draft, setDraft] = useState(value);
  const [known, setKnown] = useState(value);
  if (known !== value) {
    // Changed elsewhere: in the YAML, by undo.
    setKnown(value);
    setDraft(value);
  }
  const commit = () => {
    if (draft !== value && onCommit(draft) === false) setDraft(value);
  };
  const common = {
    ...(id ? { id } : { 'aria-label': label }),
    ...(placeholder ? { placeholder } : {}),
    className: code ? 'code' : '',
    value: draft,
    readOnly,
    onBlur: commit,
  };
  return rows ? (
    <Input.TextArea
      {...common}
      autoSize={{ minRows: rows, maxRows: 12 }}
      onChange={(event) => setDraft(event.target.value)}
    />
  ) : (
    <Input
      {...common}
      onChange={(event) => setDraft(event.target.value)}
      onPressEnter={commit}
      onKeyDown={(event) => {
        if (event.key === 'Escape') setDraft(value);
      }}
    />
  );
}

type NamesProps = {
  label: string;
  value: readonly string[];
  choices: readonly string[];
  readOnly: boolean;
  onCommit: (value: string[]) => void;
  hint?: ReactNode;
  placeholder?: string;
};

/** Several names, chosen from those that are known or typed. */
export function NamesField({
  label,
  value,
  choices,
  readOnly,
  onCommit,
  hint,
  placeholder,
}: NamesProps) {
  return (
    <Field label={label} hint={hint}>
      {(id) => (
        <Select
          id={id}
          mode="tags"
          disabled={readOnly}
          placeholder={placeholder}
          value={[...value]}
          tokenSeparators={[',', ' ']}
          options={choices.map((name) => ({ value: name, label: name }))}
          onChange={onCommit}
        />
      )}
    </Field>
  );
}

type ChoiceProps = {
  label: string;
  value: string | undefined;
  options: { value: string; label: string }[];
  readOnly: boolean;
  onCommit: (value: string) => void;
  hint?: ReactNode;
  placeholder?: string;
  onSearch?: (query: string) => void;
};

export function ChoiceField(props: ChoiceProps) {
  const { label, value, options, readOnly, onCommit, hint, placeholder, onSearch } = props;
  return (
    <Field label={label} hint={hint}>
      {(id) => (
        <Select<string>
          id={id}
          disabled={readOnly}
          placeholder={placeholder}
          showSearch={{
            optionFilterProp: 'label',
            ...(onSearch ? { filterOption: false, onSearch } : {}),
          }}
          value={value ? value : (null as unknown as string)}
          options={options}
          onChange={onCommit}
        />
      )}
    </Field>
  );
}

type SwitchProps = {
  label: string;
  value: boolean;
  readOnly: boolean;
  onCommit: (on: boolean) => void;
};

export function SwitchField({ label, value, readOnly, onCommit }: SwitchProps) {
  return (
    <Checkbox
      checked={value}
      disabled={readOnly}
      onChange={(event) => onCommit(event.target.checked)}
    >
      {label}
    </Checkbox>
  );
}
