import { LockOutlined, WarningOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { referenceOf } from './options';
import './option-form.css';

/** Where secrets are kept: the names that are there, and the way to put a typed one in. */
export type Vault = {
  names: string[];
  /** Options whose typed value goes to the vault with the next test or save. */
  typed: Record<string, string>;
  onType: (option: string, value: string) => void;
};

type Props = {
  id: string;
  name: string;
  value: string | undefined;
  disabled: boolean;
  onChange: (value: string | undefined) => void;
  vault?: Vault;
  /** Whether it has several lines, as a key in PEM has, which a field of one line would join. */
  lines?: boolean;
};

function Reference({ value, onReplace, disabled }: ReferenceProps) {
  const { t } = useTranslation('common');
  const reference = referenceOf(value);
  return (
    <div className="row secret-reference">
      <LockOutlined aria-hidden />
      <span className="grow">
        {t(reference?.from === 'env' ? 'secret.env' : 'secret.reference', {
          name: reference?.name,
        })}
      </span>
      <Button size="small" disabled={disabled} onClick={onReplace}>
        {t('secret.replace')}
      </Button>
    </div>
  );
}

type ReferenceProps = { value: string | undefined; onReplace: () => void; disabled: boolean };

/** A secret is typed once, goes to the vault, and stands in the document as a reference only. */
export function SecretField({ id, name, value, disabled, onChange, vault, lines }: Props) {
  const { t } = useTranslation('common');
  const [replacing, setReplacing] = useState(false);
  const typed = vault?.typed[name];
  const referred = referenceOf(value) !== undefined;
  if (referred && typed === undefined && !replacing) {
    return <Reference value={value} disabled={disabled} onReplace={() => setReplacing(true)} />;
  }
  const plain = value !== undefined && !referred;
  const field = {
    id,
    disabled,
    value: typed ?? (plain ? value : ''),
    placeholder: t(vault ? 'secret.type' : 'option.no_default'),
    onChange: ({ target }: { target: { value: string } }) =>
      vault ? vault.onType(name, target.value) : onChange(target.value || undefined),
  };
  return (
    <div className="stack tight">
      {lines ? (
        <Input.TextArea {...field} rows={4} spellCheck={false} className="code secret-lines" />
      ) : (
        <Input.Password {...field} autoComplete="new-password" />
      )}
      {plain && (
        <span className="secret-plain row">
          <WarningOutlined aria-hidden />
          <span className="grow">{t('secret.plain')}</span>
          {vault && (
            <Button size="small" onClick={() => vault.onType(name, value)}>
              {t('secret.store')}
            </Button>
          )}
        </span>
      )}
      {vault && vault.names.length > 0 && (
        <Select
          size="small"
          showSearch
          disabled={disabled}
          aria-label={t('secret.choose')}
          placeholder={t('secret.choose')}
          options={vault.names.map((secret) => ({ value: secret, label: secret }))}
          value={null}
          onChange={(secret: string | null) => {
            if (!secret) return;
            onChange(`\${secret:${secret}}`);
            setReplacing(false);
          }}
        />
      )}
    </div>
  );
}
