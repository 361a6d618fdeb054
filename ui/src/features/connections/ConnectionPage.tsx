import { useParams } from '@tanstack/react-router';
import { Skeleton, Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFilters, useProject } from '../../client/place';
import { useRefresh, useThing } from '../../client/queries';
import { useMay } from '../../client/session';
import type { Connector, StoredDocument } from '../../client/types';
import { Failure } from '../../components/Failure';
import { PageHeader } from '../../components/PageHeader';
import { RelativeTime } from '../../components/RelativeTime';
import { StateTag } from '../../components/StateTag';
import { ConsentPanel } from './ConsentPanel';
import { useConnectors } from './Gallery';
import { History } from './History';
import { connectionPath } from './paths';
import { readConnection } from './connectionText';
import { SchemaBrowser } from './SchemaBrowser';
import { useDraft } from './useDraft';
import { Workbench } from './Workbench';

function Title({ stored }: { stored: StoredDocument }) {
  return (
    <span className="row">
      {stored.name}
      <StateTag state={stored.state} />
    </span>
  );
}

function Configure({ stored, connector }: { stored: StoredDocument; connector?: Connector }) {
  const { t } = useTranslation('connections');
  const refresh = useRefresh();
  const path = connectionPath(useProject(), stored.name);
  const draft = useDraft(stored.text, connector);
  const may = useMay(useProject(), 'developer');
  const asksPerson =
    connector?.roles.includes('authorizes') && stored.text.includes('authorization_code');
  return (
    <Workbench
      draft={draft}
      connector={connector}
      base={stored}
      head={(actions) => (
        <>
          <div className="row spread">
            <span className="soft">
              {t('updated')} <RelativeTime at={stored.updated_at} /> {stored.updated_by}
            </span>
            <span className="row">{actions}</span>
          </div>
          {may && asksPerson && (
            <ConsentPanel name={stored.name} dirty={draft.text !== stored.text} />
          )}
        </>
      )}
      onSaved={() => void refresh(path)}
    />
  );
}

/** One connection: how it is set up, what lies behind it, and what it was. */
export function ConnectionPage() {
  const { t } = useTranslation('connections');
  const { name = '' } = useParams({ strict: false }) as { name?: string };
  const project = useProject();
  const [{ tab = 'configure' }, change] = useFilters();
  const stored = useThing<StoredDocument>(connectionPath(project, name), { once: true });
  const connectors = useConnectors();
  if (stored.error) return <Failure error={stored.error} onRetry={() => void stored.refetch()} />;
  if (!stored.data || !connectors.data) return <Skeleton active />;
  const type = readConnection(stored.data.text).type;
  const connector = connectors.data.items.find((one) => one.type === type);
  return (
    <div className="stack">
      <PageHeader title={<Title stored={stored.data} />} />
      <Tabs
        activeKey={tab}
        destroyOnHidden
        onChange={(next) => change({ tab: next, dataset: '', query: '' })}
        items={[
          {
            key: 'configure',
            label: t('tab.configure'),
            children: (
              <Configure
                key={stored.data.revision}
                stored={stored.data}
                {...(connector ? { connector } : {})}
              />
            ),
          },
          { key: 'data', label: t('tab.data'), children: <SchemaBrowser connection={name} /> },
          {
            key: 'history',
            label: t('tab.history'),
            children: <History stored={stored.data} />,
          },
        ]}
      />
    </div>
  );
}
