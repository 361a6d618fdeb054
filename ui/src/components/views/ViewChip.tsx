import { MoreOutlined, TeamOutlined } from '@ant-design/icons';
import { Button, Dropdown, Space } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, at } from '../../client/api';
import { useProject } from '../../client/place';
import { useSend } from '../../client/queries';
import { useMay } from '../../client/session';
import type { SavedView } from '../../client/types';
import { useConfirm } from '../Confirm';
import { useNotice } from '../useNotice';

type Props = { view: SavedView; picked: boolean; onPick: () => void };

function More({ view, picked }: { view: SavedView; picked: boolean }) {
  const { t } = useTranslation('common');
  const project = useProject();
  const mayShare = useMay(project, 'operator');
  const confirm = useConfirm();
  const { failed } = useNotice();
  const views = at('projects', project, 'views');
  const path = `${views}/${view.id}`;
  const etag = `"${view.revision}"`;
  const share = useSend((shared: boolean) => api.put<SavedView>(path, { shared }, { etag }), views);
  const remove = useSend(() => api.remove(path, { etag }), views);
  const ask = () =>
    confirm({
      title: t('views.delete_title'),
      object: view.name,
      project,
      action: t('action.delete'),
      act: () => remove.mutateAsync(undefined).catch(failed),
    });
  const toggle = view.shared ? t('views.keep_it') : t('views.share_it');
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'share', label: toggle, disabled: !mayShare && !view.shared },
          { key: 'delete', label: t('action.delete'), danger: true },
        ],
        onClick: ({ key }) =>
          key === 'delete' ? ask() : share.mutate(!view.shared, { onError: failed }),
      }}
    >
      <Button
        size="small"
        type={picked ? 'primary' : 'default'}
        icon={<MoreOutlined />}
        aria-label={t('views.more', { name: view.name })}
      />
    </Dropdown>
  );
}

/** A saved view: a click filters by it, another one by nothing. */
export function ViewChip({ view, picked, onPick }: Props) {
  const { t } = useTranslation('common');
  return (
    <Space.Compact>
      <Button
        size="small"
        type={picked ? 'primary' : 'default'}
        icon={view.shared ? <TeamOutlined /> : undefined}
        aria-pressed={picked}
        title={view.shared ? t('views.shared_by', { owner: view.owner }) : t('views.own')}
        onClick={onPick}
      >
        {view.name}
      </Button>
      {view.mine && <More view={view} picked={picked} />}
    </Space.Compact>
  );
}
