import { PauseCircleOutlined } from '@ant-design/icons';
import { Alert, Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '../../client/api';
import { useProject } from '../../client/place';
import { useSend, useThing } from '../../client/queries';
import { useMay } from '../../client/session';
import type { Maintenance } from '../../client/types';
import { Failure } from '../../components/Failure';
import { useNow } from '../../components/now';
import { RelativeTime } from '../../components/RelativeTime';
import { useNotice } from '../../components/useNotice';
import { maintenancePath } from './paths';

const REFRESH_MS = 30_000;
const MINUTES = [30, 60, 120, 240, 480, 1440];

function useMaintenance() {
  const path = maintenancePath(useProject());
  const now = useNow();
  const { failed } = useNotice();
  const state = useThing<Maintenance>(path, { every: REFRESH_MS });
  const send = useSend((minutes: number) => api.put<Maintenance>(path, { minutes }), path);
  const until = state.data?.until;
  return {
    error: state.error,
    until: until && Date.parse(until) > now ? until : undefined,
    busy: send.isPending,
    keepQuiet: (minutes: number) => send.mutate(minutes, { onError: failed }),
  };
}

/** Begins a maintenance window: nobody of the project is told anything until it ends. */
export function MaintenanceButton() {
  const { t } = useTranslation('alerts');
  const may = useMay(useProject(), 'operator');
  const { until, busy, keepQuiet } = useMaintenance();
  return (
    <Dropdown
      trigger={['click']}
      disabled={!may}
      menu={{
        items: MINUTES.map((minutes) => ({
          key: minutes,
          label: minutes < 60 ? t('minutes', { minutes }) : t('hours', { hours: minutes / 60 }),
        })),
        onClick: ({ key }) => keepQuiet(Number(key)),
      }}
    >
      <Button icon={<PauseCircleOutlined />} loading={busy}>
        {t(until ? 'maintenance.longer' : 'maintenance.begin')}
      </Button>
    </Dropdown>
  );
}

/** Says that a maintenance window is open, and ends it. */
export function MaintenanceBar() {
  const { t } = useTranslation('alerts');
  const may = useMay(useProject(), 'operator');
  const { error, until, busy, keepQuiet } = useMaintenance();
  if (error) return <Failure error={error} />;
  if (!until) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={
        <span>
          {t('maintenance.open')} <RelativeTime at={until} />
        </span>
      }
      description={t('maintenance.hint')}
      action={
        <Button disabled={!may} loading={busy} onClick={() => keepQuiet(0)}>
          {t('maintenance.end')}
        </Button>
      }
    />
  );
}
