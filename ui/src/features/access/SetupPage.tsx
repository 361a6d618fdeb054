import { useSearch } from '@tanstack/react-router';
import { useMutation } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '../../client/api';
import { usePreferences } from '../../client/preferences';
import type { Session } from '../../client/types';
import { Failure } from '../../components/Failure';
import { Gate } from './Gate';
import { PASSWORD_MIN, useRepeated } from './passwordRules';
import { useEnter } from './signIn';

type Values = { token: string; name: string; display_name?: string; password: string };

/** The first visit: makes the first administrator, with the token the server printed at its start. */
export function SetupPage() {
  const { t } = useTranslation('access');
  const { token = '' } = useSearch({ strict: false }) as { token?: string };
  const enter = useEnter();
  const { language, theme } = usePreferences();
  const repeated = useRepeated();
  const setup = useMutation({
    mutationFn: ({ token, name, display_name, password }: Values) =>
      api.post<Session>('/api/setup', { token, name, display_name, password }),
    onSuccess: async ({ principal, ...session }) => {
      // A new account speaks the language its first page was read in.
      await api.patch('/api/me', { language, theme }).catch(() => undefined);
      await enter({ ...session, principal: principal && { ...principal, language, theme } });
    },
  });
  return (
    <Gate title={t('setup.title')} hint={t('setup.hint')}>
      <Failure error={setup.error} />
      <Form<Values>
        layout="vertical"
        requiredMark={false}
        initialValues={{ token, name: 'admin' }}
        onFinish={(values) => setup.mutate(values)}
      >
        {!token && (
          <Form.Item
            name="token"
            label={t('setup.token')}
            extra={t('setup.token_hint')}
            rules={[{ required: true, message: t('setup.token_hint') }]}
          >
            <Input className="code" autoComplete="off" />
          </Form.Item>
        )}
        {token && <Form.Item name="token" hidden children={<Input />} />}
        <Form.Item
          name="name"
          label={t('name')}
          rules={[{ required: true, message: t('name_needed') }]}
        >
          <Input autoComplete="username" />
        </Form.Item>
        <Form.Item name="display_name" label={t('display_name')}>
          <Input autoComplete="name" placeholder={t('optional')} />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('password')}
          rules={[
            {
              required: true,
              min: PASSWORD_MIN,
              message: t('password_min', { min: PASSWORD_MIN }),
            },
          ]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item
          name="again"
          label={t('password_again')}
          dependencies={['password']}
          rules={[repeated('password')]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Button type="primary" htmlType="submit" block size="large" loading={setup.isPending}>
          {t('setup.act')}
        </Button>
      </Form>
    </Gate>
  );
}
