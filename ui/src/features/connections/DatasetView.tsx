import { KeyOutlined } from '@ant-design/icons';
import { Skeleton, Table, Tabs, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { useProject } from '../../client/place';
import { useThing } from '../../client/queries';
import type { Dataset, DatasetColumn, Preview } from '../../client/types';
import { DataGrid } from '../../components/DataGrid';
import { Failure } from '../../components/Failure';
import { connectionPath } from './paths';

type Props = { connection: string; dataset: string };

function PreviewTab({ connection, dataset }: Props) {
  const path = connectionPath(useProject(), connection, 'datasets', dataset, 'preview');
  const preview = useThing<Preview>(path, { query: { limit: 100 } });
  if (preview.error) {
    return <Failure error={preview.error} onRetry={() => void preview.refetch()} />;
  }
  return preview.data ? <DataGrid preview={preview.data} height={520} /> : <Skeleton active />;
}

function Columns({ dataset }: { dataset: Dataset }) {
  const { t } = useTranslation('connections');
  const cursors = new Map(
    (dataset.cursor_candidates ?? []).map((one) =>
      typeof one === 'string' ? [one, ''] : [one.name, one.reason ?? ''],
    ),
  );
  const columns: TableColumnsType<DatasetColumn> = [
    {
      title: t('data.column'),
      render: (_, { name, key }) => (
        <span className="row">
          {name}
          {(key || dataset.key.includes(name)) && (
            <KeyOutlined aria-label={t('data.key')} title={t('data.key')} />
          )}
        </span>
      ),
    },
    { title: t('data.type'), render: (_, { type }) => <code>{type}</code> },
    {
      title: t('data.native'),
      render: (_, column) => <code className="soft">{column.native_type ?? '–'}</code>,
    },
    {
      title: t('data.nullable'),
      render: (_, { nullable }) => (nullable ? t('data.may_be_null') : ''),
    },
    {
      title: t('data.cursor'),
      render: (_, { name }) => (cursors.has(name) ? cursors.get(name) || t('data.suits') : ''),
    },
    { title: t('data.comment'), render: (_, { comment }) => comment ?? '' },
  ];
  return (
    <Table
      size="small"
      pagination={false}
      rowKey={({ name }) => name}
      columns={columns}
      dataSource={dataset.columns}
      scroll={{ x: 'max-content', y: 520 }}
      virtual={dataset.columns.length > 100}
    />
  );
}

export function DatasetView({ connection, dataset }: Props) {
  const { t } = useTranslation('connections');
  const found = useThing<Dataset>(connectionPath(useProject(), connection, 'datasets', dataset));
  return (
    <section className="panel" aria-label={dataset}>
      <h2 style={{ overflowWrap: 'anywhere' }}>{dataset}</h2>
      <Tabs
        items={[
          {
            key: 'rows',
            label: t('data.rows'),
            children: <PreviewTab connection={connection} dataset={dataset} />,
          },
          {
            key: 'columns',
            label: t('data.columns'),
            children: (
              <>
                <Failure error={found.error} onRetry={() => void found.refetch()} />
                {found.data ? (
                  <Columns dataset={found.data} />
                ) : (
                  !found.error && <Skeleton active />
                )}
              </>
            ),
          },
        ]}
      />
    </section>
  );
}
