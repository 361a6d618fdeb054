import { Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFilters } from '../../client/place';
import { PageHeader } from '../../components/PageHeader';
import { Channels } from './Channels';
import { Incidents } from './Incidents';
import { MaintenanceBar, MaintenanceButton } from './MaintenanceBar';
import { Rules } from './Rules';

/** What is wrong now, what is watched for, and who is told. */
export function AlertsPage() {
  const { t } = useTranslation('alerts');
  const [{ tab = 'incidents' }, change] = useFilters();
  const tabs = { incidents: <Incidents />, rules: <Rules />, channels: <Channels /> };
  return (
    <div className="stack">
      <PageHeader title={t('title')} hint={t('hint')} actions={<MaintenanceButton />} />
      <MaintenanceBar />
      <Tabs
        activeKey={tab}
        destroyOnHidden
        onChange={(next) => change({ tab: next, state: '' })}
        items={Object.entries(tabs).map(([key, children]) => ({
          key,
          label: t(`tab.${key}`),
          children,
        }))}
      />
    </div>
  );
}
