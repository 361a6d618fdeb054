import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '../../client/api';
import { useList, useSend } from '../../client/queries';
import { SESSION_PATH } from '../../client/session';
import type { LoginSession } from '../../client/types';
import { useConfirm } from '../../components/Confirm';
import { Failure } from '../../components/Failure';
import { RelativeTime } from '../../components/RelativeTime';
import './sessions.css';

const PATH = '/api/me/sessions';

/** Where this account is signed in, and the way to end it everywhere at once. */
export function SessionList() {
  const { t } = useTranslation('access');
  const confirm = useConfirm();
  const list = useList<LoginSession>(PATH);
  const leave = useSend(() => api.remove(PATH), PATH, SESSION_PATH);
  return (
    <section className="panel stack">
      <div className="row spread">
        <h2>{t('sessions.title')}</h2>
        <Button
          danger
          onClick={() =>
            confirm({
              title: t('sessions.end_title'),
              object: t('sessions.count', { count: list.items.length }),
              consequence: t('sessions.end_hint'),
              action: t('sessions.end'),
              act: () => leave.mutateAsync(undefined),
            })
          }
        >
          {t('sessions.end')}
        </Button>
      </div>
      <Failure error={list.error ?? leave.error} />
      <ul className="plain-list">
        {list.items.map((session) => (
          <li key={session.id} className="row spread session">
            <code>{session.ip ?? '–'}</code>
            <span className="soft grow" title={session.agent ?? ''}>
              {session.agent}
            </span>
            {session.current ? (
              <strong>{t('sessions.this')}</strong>
            ) : (
              <RelativeTime at={session.seen_at ?? session.created_at} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
