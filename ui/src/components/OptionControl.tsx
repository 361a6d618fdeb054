import { Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Option } from '../client/types';
import { SecretField, type Vault } from './SecretField';
import './option-form.css';

export type OptionProps = {
  option: Option;
  value: string | undefined;
  onChange: (name: string, value: string | undefined) => void;
  vault?: Vault;
  disabled?: boolean;
};

function useHint({ fallback, example }: Option): string {
  const { t } = useTranslation('common');
  if (fallback) return t('option.default', { value: fallback });
  return example ? t('option.example', { example }) : t('option.no_default');
}

/** Whether it is a key or certificate in PEM: a field of one line would join its lines. */
function hasLines({ example }: Option): boolean {
  return /^(-----BEGIN|MII)/.test(example ?? '');
}

/** The control that suits the kind of an option. */
export function OptionControl({ option, value, onChange, vault, disabled = false }: OptionProps) {
  const { t } = useTranslation('common');
  const hint = useHint(option);
  const id = `option-${option.name}`;
  const set = (next: string | undefined) => onChange(option.name, next || undefined);
  if (option.secret && option.kind !== 'tree') {
    return (
      <SecretField
        id={id}
        lines={hasLines(option)}
        name={option.name}
        value={value}
        disabled={disabled}
        onChange={set}
        {...(vault ? { vault } : {})}
      />
    );
  }
  if (option.kind === 'tree') {
    return (
      <div id={id} className="option-tree">
        <span className="soft">{t('option.tree')}</span>
        {option.example && <pre className="code">{option.example}</pre>}
      </div>
    );
  }
  if (option.kind === 'choice' || option.kind === 'bool') {
    const choices =
      option.kind === 'bool'
        ? [
            { value: 'true', label: t('option.yes') },
            { value: 'false', label: t('option.no') },
          ]
        : (option.choices ?? []).map((choice) => ({ value: choice, label: choice }));
    return (
      <Select
        id={id}
        allowClear
        disabled={disabled}
        options={choices}
        placeholder={hint}
        value={value ?? null}
        onChange={(next: string | null) => set(next ?? undefined)}
      />
    );
  }
  const field = {
    id,
    disabled,
    value: value ?? '',
    placeholder: hint,
    autoComplete: 'off',
    spellCheck: false,
    onChange: ({ target }: { target: { value: string } }) => set(target.value),
  };
  return hasLines(option) ? (
    <Input.TextArea {...field} rows={4} className="code" />
  ) : (
    <Input {...field} />
  );
}
