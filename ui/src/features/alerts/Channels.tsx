import { PlusOutlined } from '@ant-design/icons';
import { Button, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../client/api';
import { useProject } from '../../client/place';
import { useList, useSend } from '../../client/queries';
import { useMay } from '../../client/session';
import type { Channel } from '../../client/types';
import { useConfirm } from '../../components/Confirm';
import { ResourceTable } from '../../components/ResourceTable';
import { useNotice } from '../../components/useNotice';
import { ChannelDrawer } from './ChannelDrawer';
import { channelsPath } from './paths';

/** Where alerts are sent. */
export function Channels() {
  const { t } = useTranslation('alerts');
  const project = useProject();
  const path = channelsPath(project);
  const may = useMay(project, 'developer');
  const [edited, setEdited] = useState<Channel | 'new'>();
  const confirm = useConfirm();
  const { failed } = useNotice();
  const list = useList<Channel>(path);
  const remove = useSend((id: string) => api.remove(channelsPath(project, id)), path);
  const columns: TableColumnsType<Channel> = [
    {
      title: t('channel'),
      render: (_, channel) => (
        <Button type="link" style={{ padding: 0 }} onClick={() => setEdited(channel)}>
          {channel.name}
        </Button>
      ),
    },
    { title: t('kind'), render: (_, { kind }) => t(`kinds.${kind}`) },
    { title: t('language'), render: (_, { language }) => t(`languages.${language}`) },
    {
      title: '',
      align: 'right',
      render: (_, channel) => (
        <Button
          type="text"
          danger
          disabled={!may}
          onClick={() =>
            confirm({
              title: t('channel_delete'),
              object: channel.name,
              project,
              consequence: t('channel_delete_hint'),
              action: t('common:action.delete'),
              act: () => remove.mutateAsync(channel.id).catch(failed),
            })
          }
        >
          {t('common:action.delete')}
        </Button>
      ),
    },
  ];
  const add = (
    <Button type="primary" icon={<PlusOutlined />} disabled={!may} onClick={() => setEdited('new')}>
      {t('channel_add')}
    </Button>
  );
  return (
    <>
      <ResourceTable
        label={t('tab.channels')}
        listing={list}
        columns={columns}
        rowKey={({ id }) => id}
        toolbar={add}
        empty={{ title: t('no_channels'), hint: t('no_channels_hint') }}
      />
      {edited && (
        <ChannelDrawer
          channel={edited === 'new' ? undefined : edited}
          onClose={() => setEdited(undefined)}
        />
      )}
    </>
  );
}
