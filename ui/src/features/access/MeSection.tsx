import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '../../client/api';
import { useSend, useThing } from '../../client/queries';
import { SESSION_PATH } from '../../client/session';
import type { Principal } from '../../client/types';
import { Failure } from '../../components/Failure';
import { useNotice } from '../../components/useNotice';
import { PASSWORD_MIN, useRepeated } from './passwordRules';
import { SessionList } from './SessionList';
import { TotpCard } from './TotpCard';

type Me = Principal & { totp?: boolean };

function NameCard({ me }: { me: Me }) {
  const { t } = useTranslation('access');
  const { done } = useNotice();
  const send = useSend(
    (values: { display_name: string }) => api.patch('/api/me', values),
    '/api/me',
    SESSION_PATH,
  );
  return (
    <section className="panel stack">
      <h2>{t('me.title', { name: me.name })}</h2>
      <Failure error={send.error} />
      <Form
        layout="vertical"
        initialValues={me}
        onFinish={(values) => send.mutate(values, { onSuccess: () => done(t('common:saved')) })}
      >
        <Form.Item name="display_name" label={t('display_name')}>
          <Input autoComplete="name" maxLength={80} />
        </Form.Item>
        <Button htmlType="submit" loading={send.isPending}>
          {t('common:action.save')}
        </Button>
      </Form>
    </section>
  );
}

function PasswordCard() {
  const { t } = useTranslation('access');
  const { done } = useNotice();
  const [form] = Form.useForm();
  const repeated = useRepeated();
  const send = useSend((values: { old: string; new: string }) =>
    api.post('/api/me/password', { old: values.old, new: values.new }),
  );
  const change = (values: { old: string; new: string }) =>
    send.mutate(values, {
      onSuccess: () => {
        form.resetFields();
        done(t('me.password_changed'));
      },
    });
  const min = { min: PASSWORD_MIN, message: t('password_min', { min: PASSWORD_MIN }) };
  return (
    <section className="panel stack">
      <h2>{t('me.password')}</h2>
      <Failure error={send.error} />
      <Form form={form} layout="vertical" requiredMark={false} onFinish={change}>
        <Form.Item
          name="old"
          label={t('me.password_old')}
          rules={[{ required: true, message: t('password_needed') }]}
        >
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Form.Item name="new" label={t('me.password_new')} rules={[{ required: true, ...min }]}>
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item
          name="again"
          label={t('password_again')}
          dependencies={['new']}
          rules={[repeated('new')]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Button htmlType="submit" loading={send.isPending}>
          {t('me.password_change')}
        </Button>
      </Form>
    </section>
  );
}

/** What a person keeps of their own account: name, password, second factor, open sessions. */
export function MeSection() {
  const me = useThing<Me>('/api/me');
  return (
    <div className="stack">
      <Failure error={me.error} onRetry={() => void me.refetch()} />
      {me.data && (
        <div className="halves">
          <NameCard key={me.data.id} me={me.data} />
          <TotpCard on={me.data.totp ?? false} />
          <PasswordCard />
          <SessionList />
        </div>
      )}
    </div>
  );
}
