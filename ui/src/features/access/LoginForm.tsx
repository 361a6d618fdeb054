import { useMutation } from '@tanstack/react-query';
import { Button, Form, Input, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, at } from '../../client/api';
import { ProblemError } from '../../client/problem';
import { useSession } from '../../client/session';
import type { Provider, Session } from '../../client/types';
import { Failure } from '../../components/Failure';
import { ProblemList } from '../../components/ProblemList';

/** Name and password are right; the account asks for its second factor as well. */
const needsCode = (error: unknown) =>
  error instanceof ProblemError &&
  (error.has('SECOND_FACTOR_REQUIRED') || error.has('TOTP_REQUIRED'));

type Values = { name: string; password: string; totp?: string };

/** Providers that lead away to log in; the server sends the browser back signed in. */
function OtherWays({ providers, tab }: { providers: Provider[]; tab: boolean }) {
  const { t } = useTranslation('access');
  const away = providers.filter(({ kind }) => kind === 'oidc');
  if (away.length === 0) return null;
  return (
    <div className="gate-or">
      {away.map(({ id, title }) => (
        <Button
          key={id}
          block
          size="large"
          href={at('oidc', 'start', id)}
          {...(tab ? { target: '_blank' } : {})}
        >
          {t('login.with', { title })}
        </Button>
      ))}
    </div>
  );
}

type Props = {
  onEntered: (session: Session) => void | Promise<void>;
  /** A code of why a provider sent the person back. */
  refused?: string | undefined;
  /** Who it has to be. */
  name?: string;
  /** Providers open beside this page, which stays as it is. */
  tab?: boolean;
};

/** Everything a person can log in with. */
export function LoginForm({ onEntered, refused, name, tab = false }: Props) {
  const { t } = useTranslation('access');
  const providers = useSession()?.providers ?? [];
  const directory = providers.find(({ kind }) => kind === 'ldap');
  const [provider, setProvider] = useState<'local' | 'ldap'>('local');
  const [askCode, setAskCode] = useState(false);
  const login = useMutation({
    mutationFn: (values: Values) => api.post<Session>('/api/session', { ...values, provider }),
    onSuccess: onEntered,
    onError: (error) => {
      if (needsCode(error)) setAskCode(true);
    },
  });
  const onlyCode = needsCode(login.error);
  return (
    <>
      {!onlyCode && <Failure error={login.error} />}
      {refused && !login.error && (
        <ProblemList problems={[{ code: refused, message: t('login.refused_elsewhere') }]} />
      )}
      {directory && (
        <Segmented
          block
          style={{ marginBottom: 16 }}
          value={provider}
          onChange={setProvider}
          options={[
            { value: 'local', label: t('login.local') },
            { value: 'ldap', label: directory.title },
          ]}
        />
      )}
      <Form<Values>
        layout="vertical"
        requiredMark={false}
        initialValues={{ name }}
        onFinish={(values) => login.mutate(values)}
      >
        <Form.Item
          name="name"
          label={t('name')}
          rules={[{ required: true, message: t('name_needed') }]}
        >
          <Input
            autoFocus={!name}
            readOnly={name !== undefined}
            autoComplete="username"
            size="large"
          />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('password')}
          rules={[{ required: true, message: t('password_needed') }]}
        >
          <Input.Password
            autoFocus={name !== undefined}
            autoComplete="current-password"
            size="large"
          />
        </Form.Item>
        {askCode && (
          <Form.Item
            name="totp"
            label={t('totp.code')}
            extra={t('totp.code_hint')}
            rules={[{ required: true, message: t('totp.code_rule') }]}
          >
            <Input autoFocus autoComplete="one-time-code" size="large" />
          </Form.Item>
        )}
        <Button type="primary" htmlType="submit" block size="large" loading={login.isPending}>
          {t('login.act')}
        </Button>
      </Form>
      <OtherWays providers={providers} tab={tab} />
    </>
  );
}
