import { PlusOutlined } from '@ant-design/icons';
import { Button, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, at } from '../../client/api';
import { useList, useSend } from '../../client/queries';
import type { Token } from '../../client/types';
import { useConfirm } from '../../components/Confirm';
import { RelativeTime } from '../../components/RelativeTime';
import { ResourceTable } from '../../components/ResourceTable';
import { useNotice } from '../../components/useNotice';
import { TokenDialog } from './TokenDialog';

const PATH = at('tokens');

/** Tokens for scripts and other systems that call the API. */
export function TokensSection() {
  const { t } = useTranslation('access');
  const [making, setMaking] = useState(false);
  const confirm = useConfirm();
  const { failed } = useNotice();
  const list = useList<Token>(PATH);
  const remove = useSend((token: Token) => api.remove(at('tokens', token.id)), PATH);
  const columns: TableColumnsType<Token> = [
    {
      title: t('tokens.name'),
      render: (_, token) => (
        <div>
          {token.name} <code className="soft">{token.prefix}…</code>
        </div>
      ),
    },
    {
      title: t('tokens.reach'),
      render: (_, { project, role }) =>
        `${project === '*' ? t('users.everywhere') : project} · ${t(`common:role.${role}`)}`,
    },
    {
      title: t('tokens.last_used'),
      render: (_, token) => <RelativeTime at={token.last_used_at} none={t('users.never')} />,
    },
    {
      title: t('tokens.expires'),
      render: (_, token) => <RelativeTime at={token.expires_at} none={t('tokens.no_end')} />,
    },
    {
      title: '',
      align: 'right',
      render: (_, token) => (
        <Button
          type="text"
          danger
          onClick={() =>
            confirm({
              title: t('tokens.delete_title'),
              object: `${token.name} (${token.prefix}…)`,
              consequence: t('tokens.delete_hint'),
              action: t('tokens.delete'),
              act: () => remove.mutateAsync(token).catch(failed),
            })
          }
        >
          {t('tokens.delete')}
        </Button>
      ),
    },
  ];
  return (
    <>
      <ResourceTable
        label={t('tokens.title')}
        listing={list}
        columns={columns}
        rowKey={({ id }) => id}
        empty={{ title: t('tokens.none'), hint: t('tokens.none_hint') }}
        toolbar={
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setMaking(true)}>
            {t('tokens.add')}
          </Button>
        }
      />
      {making && <TokenDialog onClose={() => setMaking(false)} />}
    </>
  );
}
