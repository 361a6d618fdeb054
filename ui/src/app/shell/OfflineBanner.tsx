import { DisconnectOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { SESSION_PATH } from '../../client/session';
import { useReach } from './reach';

const TRY_AGAIN_MS = 5_000;

/** Says that the server does not answer, asks it again and takes everything up when it does. */
export function OfflineBanner() {
  const { t } = useTranslation('nav');
  const reachable = useReach((reach) => reach.reachable);
  const client = useQueryClient();
  useEffect(() => {
    if (reachable) return undefined;
    const timer = setInterval(
      () => void client.refetchQueries({ queryKey: [SESSION_PATH] }),
      TRY_AGAIN_MS,
    );
    return () => {
      clearInterval(timer);
      void client.invalidateQueries();
    };
  }, [reachable, client]);
  if (reachable) return null;
  return (
    <div className="offline-banner" role="status">
      <DisconnectOutlined aria-hidden /> {t('offline')}
    </div>
  );
}
