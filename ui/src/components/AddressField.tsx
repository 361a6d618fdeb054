import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Address } from '../document/address';

/** What an address looks like, in every language. */
const EXAMPLE = 'postgres://user:password@host:5432/database';

type Props = {
  id: string;
  value: string;
  /** What the value was read as; undefined when it is no address. */
  address: Address | undefined;
  disabled?: boolean;
  autoFocus?: boolean;
  onChange: (value: string) => void;
};

function useSummary() {
  const { t } = useTranslation('common');
  return ({ type, options, password, ignored }: Address): string => {
    const { dialect, host, port, database, path, user } = options;
    const place = path ?? [host, port].filter(Boolean).join(':');
    return [
      dialect ?? type,
      place,
      database,
      user && t('address.user', { user }),
      password !== undefined && t('address.password'),
      ignored.length > 0 && t('address.ignored', { names: ignored.join(', ') }),
    ]
      .filter(Boolean)
      .join(' · ');
  };
}

/** Takes an address pasted from elsewhere, and says at once what it was read as. */
export function AddressField({ id, value, address, disabled, autoFocus, onChange }: Props) {
  const { t } = useTranslation('common');
  const summary = useSummary();
  const wrong = value.trim() !== '' && !address;
  return (
    <Form.Item
      layout="vertical"
      label={t('address.label')}
      htmlFor={id}
      style={{ marginBottom: 0 }}
      extra={
        <span aria-live="polite">{address ? summary(address) : !wrong && t('address.hint')}</span>
      }
      {...(wrong ? { validateStatus: 'error' as const, help: t('address.unreadable') } : {})}
    >
      <Input
        id={id}
        className="code"
        value={value}
        disabled={disabled ?? false}
        autoFocus={autoFocus ?? false}
        autoComplete="off"
        spellCheck={false}
        placeholder={EXAMPLE}
        onChange={({ target }) => onChange(target.value)}
      />
    </Form.Item>
  );
}
