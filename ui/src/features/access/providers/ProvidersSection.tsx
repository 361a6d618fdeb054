import { PlusOutlined } from '@ant-design/icons';
import { Button, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, at } from '../../../client/api';
import { useList, useSend } from '../../../client/queries';
import type { ProviderSetup } from '../../../client/types';
import { useConfirm } from '../../../components/Confirm';
import { ResourceTable } from '../../../components/ResourceTable';
import { StateTag } from '../../../components/StateTag';
import { useNotice } from '../../../components/useNotice';
import { ProviderDrawer } from './ProviderDrawer';

const PATH = at('providers');

function Actions({ provider }: { provider: ProviderSetup }) {
  const { t } = useTranslation('access');
  const confirm = useConfirm();
  const { done, failed } = useNotice();
  const test = useSend(() => api.post<{ reached: string }>(at('providers', provider.id, 'test')));
  const remove = useSend(() => api.remove(at('providers', provider.id)), PATH);
  return (
    <span>
      <Button
        type="text"
        loading={test.isPending}
        onClick={() =>
          test.mutate(undefined, {
            onSuccess: ({ reached }) => done(t('providers.reached', { reached })),
            onError: failed,
          })
        }
      >
        {t('providers.test')}
      </Button>
      <Button
        type="text"
        danger
        onClick={() =>
          confirm({
            title: t('providers.delete_title'),
            object: provider.title,
            consequence: t('providers.delete_hint'),
            action: t('common:action.delete'),
            act: () => remove.mutateAsync(undefined).catch(failed),
          })
        }
      >
        {t('common:action.delete')}
      </Button>
    </span>
  );
}

/** Where else people may sign in: single sign-on and directories. */
export function ProvidersSection() {
  const { t } = useTranslation('access');
  const [edited, setEdited] = useState<ProviderSetup | 'new'>();
  const list = useList<ProviderSetup>(PATH);
  const columns: TableColumnsType<ProviderSetup> = [
    {
      title: t('providers.provider'),
      render: (_, provider) => (
        <div>
          <Button type="link" className="bare" onClick={() => setEdited(provider)}>
            {provider.title}
          </Button>
          <div>
            <code className="soft">{provider.id}</code>
          </div>
        </div>
      ),
    },
    { title: t('providers.kind'), render: (_, { kind }) => t(`providers.kinds.${kind}`) },
    {
      title: t('providers.address'),
      render: (_, { oidc, ldap }) => <code>{oidc?.issuer ?? ldap?.url}</code>,
    },
    {
      title: t('users.state'),
      render: (_, { enabled }) => <StateTag state={enabled ? 'active' : 'disabled'} />,
    },
    { title: '', align: 'right', render: (_, provider) => <Actions provider={provider} /> },
  ];
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited('new')}>
      {t('providers.add')}
    </Button>
  );
  return (
    <>
      <ResourceTable
        label={t('providers.title')}
        listing={list}
        columns={columns}
        rowKey={({ id }) => id}
        toolbar={add}
        empty={{ title: t('providers.none'), hint: t('providers.none_hint') }}
      />
      {edited && (
        <ProviderDrawer
          provider={edited === 'new' ? undefined : edited}
          onClose={() => setEdited(undefined)}
        />
      )}
    </>
  );
}
