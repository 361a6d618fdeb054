import { PlusOutlined } from '@ant-design/icons';
import { Button, Tag, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, at } from '../../client/api';
import { useFilters } from '../../client/place';
import { useList, useSend } from '../../client/queries';
import type { User } from '../../client/types';
import { useConfirm } from '../../components/Confirm';
import { RelativeTime } from '../../components/RelativeTime';
import { ResourceTable } from '../../components/ResourceTable';
import { StateTag } from '../../components/StateTag';
import { useNotice } from '../../components/useNotice';
import { UserDrawer } from './UserDrawer';

const PATH = at('users');

function Grants({ grants }: { grants: User['grants'] }) {
  const { t } = useTranslation('access');
  return (
    <span className="row">
      {Object.entries(grants).map(([project, role]) => (
        <Tag key={project}>
          {project === '*' ? t('users.everywhere') : project} · {t(`common:role.${role}`)}
        </Tag>
      ))}
    </span>
  );
}

/** Everybody who may sign in, and what each may do where. For administrators of the whole server. */
export function UsersSection() {
  const { t } = useTranslation('access');
  const [values, change] = useFilters();
  const [edited, setEdited] = useState<User | 'new'>();
  const confirm = useConfirm();
  const { failed } = useNotice();
  const list = useList<User>(PATH, { query: { query: values['query'] } });
  const remove = useSend((user: User) => api.remove(at('users', user.id)), PATH);
  const columns: TableColumnsType<User> = [
    {
      title: t('users.user'),
      render: (_, user) => (
        <div>
          <Button type="link" style={{ padding: 0 }} onClick={() => setEdited(user)}>
            {user.display_name || user.name}
          </Button>
          <div className="soft">{user.name}</div>
        </div>
      ),
    },
    { title: t('users.source'), render: (_, user) => t(`users.from.${user.source}`) },
    { title: t('users.grants'), render: (_, user) => <Grants grants={user.grants} /> },
    { title: t('totp.short'), render: (_, user) => t(user.totp ? 'totp.on' : 'totp.off') },
    {
      title: t('users.state'),
      render: (_, user) => <StateTag state={user.disabled ? 'disabled' : 'active'} />,
    },
    {
      title: t('users.last_login'),
      render: (_, user) => <RelativeTime at={user.last_login_at} none={t('users.never')} />,
    },
    {
      title: '',
      align: 'right',
      render: (_, user) => (
        <Button
          type="text"
          danger
          onClick={() =>
            confirm({
              title: t('users.delete_title'),
              object: user.name,
              consequence: t('users.delete_hint'),
              action: t('common:action.delete'),
              act: () => remove.mutateAsync(user).catch(failed),
            })
          }
        >
          {t('common:action.delete')}
        </Button>
      ),
    },
  ];
  return (
    <>
      <ResourceTable
        label={t('users.title')}
        listing={list}
        columns={columns}
        rowKey={({ id }) => id}
        filters={[{ key: 'query', kind: 'search', label: t('users.search') }]}
        values={values}
        onFilter={change}
        empty={{ title: t('users.none'), hint: t('users.none_hint') }}
        toolbar={
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited('new')}>
            {t('users.add')}
          </Button>
        }
      />
      {edited && (
        <UserDrawer
          user={edited === 'new' ? undefined : edited}
          onClose={() => setEdited(undefined)}
        />
      )}
    </>
  );
}
