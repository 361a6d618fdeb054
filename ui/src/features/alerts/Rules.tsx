import { PlusOutlined } from '@ant-design/icons';
import { Button, Switch, Tag, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../client/api';
import { useProject } from '../../client/place';
import { useList, useSend, useThing } from '../../client/queries';
import { useMay } from '../../client/session';
import type { AlertRule, Channel, Page } from '../../client/types';
import { useConfirm } from '../../components/Confirm';
import { ResourceTable } from '../../components/ResourceTable';
import { useNotice } from '../../components/useNotice';
import { channelsPath, rulesPath } from './paths';
import { RuleDrawer } from './RuleDrawer';

function useColumns(onEdit: (rule: AlertRule) => void): TableColumnsType<AlertRule> {
  const { t } = useTranslation('alerts');
  const project = useProject();
  const may = useMay(project, 'developer');
  const confirm = useConfirm();
  const { failed } = useNotice();
  const channels = useThing<Page<Channel>>(channelsPath(project));
  const pause = useSend(
    ({ id, ...rule }: AlertRule) => api.put(rulesPath(project, id), rule),
    rulesPath(project),
  );
  const remove = useSend((id: string) => api.remove(rulesPath(project, id)), rulesPath(project));
  const nameOf = (id: string) => channels.data?.items.find((one) => one.id === id)?.name ?? id;
  return [
    {
      title: t('rule'),
      render: (_, rule) => (
        <Button type="link" style={{ padding: 0 }} onClick={() => onEdit(rule)}>
          {rule.name}
        </Button>
      ),
    },
    { title: t('event'), render: (_, { on }) => t(`events.${on}`, { defaultValue: on }) },
    { title: t('flow'), render: (_, { flow }) => flow ?? t('every_flow') },
    {
      title: t('tab.channels'),
      render: (_, rule) => (
        <span className="row">
          {rule.channels.map((id) => (
            <Tag key={id}>{nameOf(id)}</Tag>
          ))}
        </span>
      ),
    },
    {
      title: t('on'),
      render: (_, rule) => (
        <Switch
          checked={!rule.paused}
          disabled={!may}
          aria-label={t('switch', { name: rule.name })}
          onChange={(on) => pause.mutate({ ...rule, paused: !on }, { onError: failed })}
        />
      ),
    },
    {
      title: '',
      align: 'right',
      render: (_, rule) => (
        <Button
          type="text"
          danger
          disabled={!may}
          onClick={() =>
            confirm({
              title: t('rule_delete'),
              object: rule.name,
              project,
              action: t('common:action.delete'),
              act: () => remove.mutateAsync(rule.id).catch(failed),
            })
          }
        >
          {t('common:action.delete')}
        </Button>
      ),
    },
  ];
}

/** What is watched for, and whom it is told. */
export function Rules() {
  const { t } = useTranslation('alerts');
  const project = useProject();
  const may = useMay(project, 'developer');
  const [edited, setEdited] = useState<AlertRule | 'new'>();
  const list = useList<AlertRule>(rulesPath(project));
  const columns = useColumns(setEdited);
  const add = (
    <Button type="primary" icon={<PlusOutlined />} disabled={!may} onClick={() => setEdited('new')}>
      {t('rule_add')}
    </Button>
  );
  return (
    <>
      <ResourceTable
        label={t('tab.rules')}
        listing={list}
        columns={columns}
        rowKey={({ id }) => id}
        toolbar={add}
        empty={{ title: t('no_rules'), hint: t('no_rules_hint') }}
      />
      {edited && (
        <RuleDrawer
          rule={edited === 'new' ? undefined : edited}
          onClose={() => setEdited(undefined)}
        />
      )}
    </>
  );
}
