import { PlusOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Button, Drawer, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../client/api';
import { useFilters, useProject } from '../../client/place';
import { useList, useSend } from '../../client/queries';
import { useMay } from '../../client/session';
import type { DocumentEntry } from '../../client/types';
import { useConfirm } from '../../components/Confirm';
import { PageHeader } from '../../components/PageHeader';
import { RelativeTime } from '../../components/RelativeTime';
import { RenameDialog } from '../../components/rename/RenameDialog';
import { ResourceTable } from '../../components/ResourceTable';
import { StateTag } from '../../components/StateTag';
import { useNotice } from '../../components/useNotice';
import { Gallery, useConnectors } from './Gallery';
import { connectionPath, connectionsPath } from './paths';
import { TypeMark } from './TypeMark';

function useTypeTitle() {
  const { i18n } = useTranslation();
  const connectors = useConnectors().data?.items ?? [];
  return (type: string | null | undefined) => {
    const title = connectors.find((one) => one.type === type)?.title;
    return (i18n.language === 'en' ? title?.en : title?.zh) ?? type ?? '–';
  };
}

function useColumns(may: boolean, rename: (name: string) => void): TableColumnsType<DocumentEntry> {
  const { t } = useTranslation('connections');
  const project = useProject();
  const title = useTypeTitle();
  const confirm = useConfirm();
  const { failed } = useNotice();
  const remove = useSend(
    (name: string) => api.remove(connectionPath(project, name)),
    connectionsPath(project),
  );
  const ask = (name: string) =>
    confirm({
      title: t('delete_title'),
      object: name,
      project,
      consequence: t('delete_hint'),
      action: t('common:action.delete'),
      act: () => remove.mutateAsync(name).catch(failed),
    });
  return [
    {
      title: t('connection'),
      render: (_, { name, type }) => (
        <span className="row">
          <TypeMark type={type ?? ''} />
          <Link to="/p/$project/connections/$name" params={{ project, name }}>
            {name}
          </Link>
        </span>
      ),
    },
    { title: t('type'), render: (_, { type }) => title(type) },
    { title: t('state'), render: (_, { state }) => <StateTag state={state} /> },
    {
      title: t('updated'),
      render: (_, { updated_at, updated_by }) => (
        <span>
          <RelativeTime at={updated_at} /> <span className="soft">{updated_by}</span>
        </span>
      ),
    },
    {
      title: '',
      align: 'right',
      render: (_, { name }) => (
        <>
          <Button type="text" disabled={!may} onClick={() => rename(name)}>
            {t('common:action.rename')}
          </Button>
          <Button type="text" danger disabled={!may} onClick={() => ask(name)}>
            {t('common:action.delete')}
          </Button>
        </>
      ),
    },
  ];
}

/** The systems of a project. */
export function ConnectionsPage() {
  const { t } = useTranslation('connections');
  const project = useProject();
  const may = useMay(project, 'developer');
  const [values, change] = useFilters();
  const [adding, setAdding] = useState(false);
  const [renamed, setRenamed] = useState<string>();
  const columns = useColumns(may, setRenamed);
  const list = useList<DocumentEntry>(connectionsPath(project), {
    query: { query: values['query'] },
  });
  const none = list.isSuccess && list.items.length === 0 && !values['query'];
  return (
    <div className="stack">
      <PageHeader
        title={t('title')}
        hint={none ? t('none_hint') : t('hint')}
        actions={
          !none && (
            <Button
              type="primary"
              icon={<PlusOutlined />}
              disabled={!may}
              onClick={() => setAdding(true)}
            >
              {t('add')}
            </Button>
          )
        }
      />
      {none ? (
        <Gallery />
      ) : (
        <ResourceTable
          label={t('title')}
          listing={list}
          columns={columns}
          rowKey={({ name }) => name}
          filters={[{ key: 'query', kind: 'search', label: t('search') }]}
          values={values}
          onFilter={change}
          empty={{ title: t('none'), hint: t('none_hint') }}
        />
      )}
      {renamed && (
        <RenameDialog kind="connections" name={renamed} onClose={() => setRenamed(undefined)} />
      )}
      {adding && (
        <Drawer open size={720} title={t('gallery.title')} onClose={() => setAdding(false)}>
          <Gallery />
        </Drawer>
      )}
    </div>
  );
}
