import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ProviderValues } from './providerBody';

type Kind = ProviderValues['kind'];
/** Settings of a kind: which are needed, and an example of each. */
const SETTINGS: Record<Kind, { name: string; needed: boolean; example: string }[]> = {
  oidc: [
    { name: 'issuer', needed: true, example: 'https://login.example.com' },
    { name: 'client_id', needed: true, example: 'mortise' },
    { name: 'scope', needed: false, example: 'profile email' },
    { name: 'name_claim', needed: true, example: 'preferred_username' },
    { name: 'groups_claim', needed: false, example: 'groups' },
  ],
  ldap: [
    { name: 'url', needed: true, example: 'ldaps://ldap.example.com:636' },
    { name: 'bind_dn', needed: false, example: 'cn=reader,dc=example,dc=com' },
    { name: 'user_base', needed: true, example: 'ou=people,dc=example,dc=com' },
    { name: 'user_filter', needed: true, example: '(uid={0})' },
    { name: 'group_base', needed: false, example: 'ou=groups,dc=example,dc=com' },
    { name: 'group_filter', needed: false, example: '(member={0})' },
  ],
};

/** How a provider is reached, by its kind, and the secret that goes with it. */
export function ProviderFields({ kind, fresh }: { kind: Kind; fresh: boolean }) {
  const { t } = useTranslation('access');
  return (
    <>
      {SETTINGS[kind].map(({ name, needed, example }) => (
        <Form.Item
          key={`${kind}.${name}`}
          name={[kind, name]}
          label={t(`providers.${kind}.${name}`)}
          extra={t(`providers.hints.${name}`, { defaultValue: '' }) || undefined}
          rules={[{ required: needed, message: t('providers.needed', { example }) }]}
        >
          <Input placeholder={example} autoComplete="off" spellCheck={false} />
        </Form.Item>
      ))}
      <Form.Item
        name="secret"
        label={t(`providers.secret.${kind}`)}
        extra={t(fresh ? 'providers.secret_hint' : 'providers.secret_keep')}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
    </>
  );
}
