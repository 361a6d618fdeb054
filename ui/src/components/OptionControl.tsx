import { Button, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Option } from '../client/types';
import { SecretField, type Vault } from './SecretField';
import './option-form.css';

export type OptionProps = {
  option: Option;
  value: string | undefined;
  onChange: (name: string, value: string | undefined) => void;
  vault?: Vault;
  trees?: Trees;
  disabled?: boolean;
};

/** Options whose value is a tree are written in the text; the form only helps to begin. */
export type Trees = { written: string[]; onInsert: (name: string, example: string) => void };

type TreeProps = { id: string; option: Option; disabled: boolean; trees: Trees | undefined };

function TreeHint({ id, option: { name, example, secret }, disabled, trees }: TreeProps) {
  const { t } = useTranslation('common');
  return (
    <div id={id} className="option-tree">
      <span className="soft">{t(secret ? 'option.tree_secret' : 'option.tree')}</span>
      {example && <pre className="code">{example}</pre>}
      {example && trees && !trees.written.includes(name) && (
        <Button size="small" disabled={disabled} onClick={() => trees.onInsert(name, example)}>
          {t('option.insert')}
        </Button>
      )}
    </div>
  );
}

function useHint({ fallback, example }: Option): string {
  const { t } = useTranslation('common');
  if (fallback) return t('option.default', { value: fallback });
  return example ? t('option.example', { example }) : t('option.no_default');
}

/** The control that suits the kind of an option. */
export function OptionControl(props: OptionProps) {
  const { option, value, onChange, vault, trees, disabled = false } = props;
  const { t } = useTranslation('common');
  const hint = useHint(option);
  const id = `option-${option.name}`;
  const set = (next: string | undefined) => onChange(option.name, next || undefined);
  if (option.kind === 'tree') {
    return <TreeHint id={id} option={option} disabled={disabled} trees={trees} />;
  }
  if (option.secret) {
    return (
      <SecretField
        id={id}
        name={option.name}
        value={value}
        disabled={disabled}
        onChange={set}
        {...(vault ? { vault } : {})}
      />
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
  return (
    <Input
      id={id}
      disabled={disabled}
      value={value ?? ''}
      placeholder={hint}
      autoComplete="off"
      spellCheck={false}
      onChange={({ target }) => set(target.value)}
    />
  );
}
