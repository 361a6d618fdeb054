import { Alert, Button, Form, Input, QRCode } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../client/api';
import { useRefresh, useSend } from '../../client/queries';
import { SESSION_PATH } from '../../client/session';
import { CopyButton } from '../../components/CopyButton';
import { Failure } from '../../components/Failure';
import { StateTag } from '../../components/StateTag';

type Secret = { secret: string; uri: string };

function CodeForm({ act, label, pending }: CodeProps) {
  const { t } = useTranslation('access');
  return (
    <Form layout="inline" onFinish={({ code }: { code: string }) => act(code)}>
      <Form.Item
        name="code"
        label={t('totp.code')}
        rules={[{ required: true, pattern: /^\d{6}$/, message: t('totp.code_rule') }]}
      >
        <Input inputMode="numeric" autoComplete="one-time-code" style={{ width: 120 }} />
      </Form.Item>
      <Button htmlType="submit" loading={pending}>
        {label}
      </Button>
    </Form>
  );
}

type CodeProps = { act: (code: string) => void; label: string; pending: boolean };

/** Codes for the day the phone is lost, shown this one time. */
function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const { t } = useTranslation('access');
  return (
    <div className="stack">
      <Alert type="warning" showIcon title={t('totp.recovery')} />
      <div className="row" style={{ alignItems: 'flex-start' }}>
        <pre className="code" style={{ margin: 0 }}>
          {codes.join('\n')}
        </pre>
        <CopyButton text={codes.join('\n')} />
      </div>
      <div>
        <Button onClick={onDone}>{t('totp.recovery_kept')}</Button>
      </div>
    </div>
  );
}

/** Enrols a second factor. The picture is drawn here: the secret leaves for no other host. */
function Enrol({ secret, onDone }: { secret: Secret; onDone: () => void }) {
  const { t } = useTranslation('access');
  const codes = (answer: { recovery_codes?: string[] } | undefined) => answer?.recovery_codes ?? [];
  const confirm = useSend(
    (code: string) => api.put<{ recovery_codes?: string[] }>('/api/me/totp', { code }),
    '/api/me',
    SESSION_PATH,
  );
  if (codes(confirm.data).length > 0) {
    return <RecoveryCodes codes={codes(confirm.data)} onDone={onDone} />;
  }
  return (
    <div className="stack">
      <p className="soft">{t('totp.scan')}</p>
      <div className="row" style={{ alignItems: 'flex-start', gap: 20 }}>
        <QRCode value={secret.uri} type="svg" size={168} color="#000000" bgColor="#ffffff" />
        <div className="stack tight grow">
          <span className="soft">{t('totp.type_instead')}</span>
          <div className="row">
            <code style={{ overflowWrap: 'anywhere' }}>{secret.secret}</code>
            <CopyButton text={secret.secret} />
          </div>
        </div>
      </div>
      <Failure error={confirm.error} />
      <CodeForm
        act={(code) =>
          confirm.mutate(code, { onSuccess: (answer) => codes(answer).length === 0 && onDone() })
        }
        label={t('totp.turn_on')}
        pending={confirm.isPending}
      />
    </div>
  );
}

export function TotpCard({ on }: { on: boolean }) {
  const { t } = useTranslation('access');
  const refresh = useRefresh();
  const [secret, setSecret] = useState<Secret>();
  const begin = useSend(() => api.post<Secret>('/api/me/totp'));
  const end = useSend(
    (code: string) => api.remove('/api/me/totp', { body: { code } }),
    '/api/me',
    SESSION_PATH,
  );
  return (
    <section className="panel stack">
      <div className="row spread">
        <h2>{t('totp.title')}</h2>
        <StateTag state={on ? 'active' : 'disabled'} />
      </div>
      <Failure error={begin.error ?? end.error} />
      {on && !secret && (
        <CodeForm
          act={(code) => end.mutate(code)}
          label={t('totp.turn_off')}
          pending={end.isPending}
        />
      )}
      {!on && !secret && (
        <>
          <p className="soft">{t('totp.hint')}</p>
          <div>
            <Button
              loading={begin.isPending}
              onClick={() => begin.mutate(undefined, { onSuccess: setSecret })}
            >
              {t('totp.begin')}
            </Button>
          </div>
        </>
      )}
      {secret && (
        <Enrol
          secret={secret}
          onDone={() => {
            setSecret(undefined);
            void refresh('/api/me');
          }}
        />
      )}
    </section>
  );
}
