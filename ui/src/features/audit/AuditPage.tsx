import { Button, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { at } from '../../client/api';
import { useFilters, useProject } from '../../client/place';
import { useMay } from '../../client/session';
import { useList } from '../../client/queries';
import type { AuditEntry } from '../../client/types';
import { DiffView } from '../../components/DiffView';
import type { Filter } from '../../components/FilterBar';
import { PageHeader } from '../../components/PageHeader';
import { RelativeTime } from '../../components/RelativeTime';
import { ResourceTable } from '../../components/ResourceTable';
import { ChainCheck } from './ChainCheck';
import { readable } from './readable';

const PATH = '/api/audit';

function Change({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation('audit');
  const before = readable(entry.before);
  const after = readable(entry.after);
  return (
    <div className="stack tight">
      {before || after ? (
        <DiffView before={before} after={after} beforeLabel={t('before')} afterLabel={t('after')} />
      ) : (
        <span className="soft">{t('no_content')}</span>
      )}
      <code className="soft" style={{ overflowWrap: 'anywhere' }}>
        {t('hash', { hash: entry.hash })}
      </code>
    </div>
  );
}

function useColumns(onFilter: (change: Record<string, string>) => void) {
  const { t } = useTranslation('audit');
  const columns: TableColumnsType<AuditEntry> = [
    { title: t('seq'), dataIndex: 'seq', className: 'number' },
    { title: t('at'), render: (_, { at }) => <RelativeTime at={at} /> },
    {
      title: t('actor'),
      render: (_, { actor, ip }) => (
        <span>
          <Button type="link" size="small" className="bare" onClick={() => onFilter({ actor })}>
            {actor}
          </Button>{' '}
          <code className="soft">{ip}</code>
        </span>
      ),
    },
    {
      title: t('action'),
      render: (_, { action }) => t(`act.${action.replace('.', '_')}`, { defaultValue: action }),
    },
    {
      title: t('object'),
      render: (_, { object }) => (
        <Button type="link" size="small" className="bare" onClick={() => onFilter({ object })}>
          {object}
        </Button>
      ),
    },
  ];
  return columns;
}

/** Who changed what, when and from where; nothing in it can be changed without breaking the chain. */
export function AuditPage() {
  const { t } = useTranslation('audit');
  const project = useProject();
  const [values, change] = useFilters();
  const chief = useMay('*', 'administrator');
  const columns = useColumns(change);
  const everywhere = values['scope'] === 'all';
  const list = useList<AuditEntry>(everywhere ? PATH : at('projects', project, 'audit'), {
    query: {
      actor: values['actor'],
      action: values['action'],
      object: values['object'],
    },
  });
  const scope: Filter = {
    key: 'scope',
    kind: 'choice',
    label: t('this_project'),
    options: [{ value: 'all', label: t('everywhere') }],
  };
  return (
    <div className="stack">
      <PageHeader title={t('title')} hint={t('hint')} actions={chief && <ChainCheck />} />
      <ResourceTable
        label={t('title')}
        listing={list}
        columns={columns}
        rowKey={({ seq }) => String(seq)}
        filters={[
          { key: 'object', kind: 'search', label: t('object') },
          { key: 'actor', kind: 'search', label: t('actor') },
          { key: 'action', kind: 'search', label: t('action') },
          ...(chief ? [scope] : []),
        ]}
        values={values}
        onFilter={change}
        expand={{ expandedRowRender: (entry) => <Change entry={entry} /> }}
        empty={{ title: t('none'), hint: t('none_hint') }}
      />
    </div>
  );
}
