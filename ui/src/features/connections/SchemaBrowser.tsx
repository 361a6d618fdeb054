import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFilters, useProject } from '../../client/place';
import { useList } from '../../client/queries';
import type { DatasetEntry } from '../../client/types';
import { DatasetList } from '../../components/DatasetList';
import { EmptyHint } from '../../components/EmptyHint';
import { Failure } from '../../components/Failure';
import { DatasetView } from './DatasetView';
import { connectionPath } from './paths';

/** The datasets behind a connection: find one, see its columns, its key and its first rows. */
export function SchemaBrowser({ connection }: { connection: string }) {
  const { t } = useTranslation('connections');
  const project = useProject();
  const [values, change] = useFilters();
  const [typed, setTyped] = useState(values['query'] ?? '');
  const picked = values['dataset'];
  const list = useList<DatasetEntry>(connectionPath(project, connection, 'datasets'), {
    query: { query: values['query'], limit: 200 },
  });
  return (
    <div className="browser">
      <nav className="panel flush" aria-label={t('data.datasets')}>
        <div style={{ padding: 10 }}>
          <Input.Search
            allowClear
            value={typed}
            placeholder={t('data.search')}
            aria-label={t('data.search')}
            onChange={({ target }) => setTyped(target.value)}
            onSearch={(query) => change({ query })}
          />
        </div>
        <Failure error={list.error} onRetry={() => void list.refetch()} />
        {list.isSuccess && list.items.length === 0 && (
          <EmptyHint title={t('data.none')} hint={t('data.none_hint')} />
        )}
        <DatasetList
          label={t('data.datasets')}
          list={list}
          picked={picked}
          onPick={(dataset) => change({ dataset })}
        />
      </nav>
      {picked ? (
        <DatasetView key={picked} connection={connection} dataset={picked} />
      ) : (
        <EmptyHint title={t('data.choose')} hint={t('data.choose_hint')} />
      )}
    </div>
  );
}
