import { useQueryClient } from '@tanstack/react-query';
import { Button, Modal } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { SESSION_PATH } from '../../client/session';
import type { Session } from '../../client/types';
import { LoginForm } from './LoginForm';

/** Above everything: drawers and dialogs may be open when a session ends. */
const ABOVE_ALL = 3000;

/** The session has ended while a page was open: one logs in over it, and loses nothing of it. */
export default function LoginAgain({ name }: { name: string }) {
  const { t } = useTranslation('access');
  const client = useQueryClient();
  useEffect(() => {
    const look = () => void client.refetchQueries({ queryKey: [SESSION_PATH] });
    // The login may have been done in another tab; and an answer that was late says nothing new.
    look();
    window.addEventListener('focus', look);
    return () => {
      window.removeEventListener('focus', look);
      void client.invalidateQueries();
    };
  }, [client]);
  return (
    <Modal
      open
      centered
      width={400}
      zIndex={ABOVE_ALL}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={null}
      title={t('again.title')}
    >
      <p className="soft">{t('again.hint')}</p>
      <LoginForm
        tab
        name={name}
        onEntered={(session: Session) => {
          client.setQueryData([SESSION_PATH], session);
        }}
      />
      <Button type="link" block href="/login">
        {t('again.other')}
      </Button>
    </Modal>
  );
}
