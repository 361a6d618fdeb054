import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { at } from '../../client/api';
import { useProject } from '../../client/place';
import { useList } from '../../client/queries';
import type { DatasetEntry } from '../../client/types';
import { DatasetList } from '../../components/DatasetList';
import { Failure } from '../../components/Failure';

type Props = {
  connection: string;
  picked: string | undefined;
  onPick: (dataset: string) => void;
};

/** The datasets behind a connection; one is chosen with a click. */
export function DatasetChoice({ connection, picked, onPick }: Props) {
  const { t } = useTranslation('moves');
  const path = at('projects', useProject(), 'connections', connection, 'datasets');
  const [query, setQuery] = useState('');
  const list = useList<DatasetEntry>(path, { query: { query, limit: 200 } });
  return (
    <div className="stack tight">
      <Input.Search
        allowClear
        placeholder={t('dataset.search')}
        aria-label={t('dataset.search')}
        onSearch={setQuery}
      />
      <Failure error={list.error} onRetry={() => void list.refetch()} />
      {list.isPending && <p className="soft">{t('dataset.pending')}</p>}
      {list.isSuccess && list.items.length === 0 && <p className="soft">{t('dataset.none')}</p>}
      <DatasetList label={t('dataset.label')} list={list} picked={picked} onPick={onPick} />
    </div>
  );
}
