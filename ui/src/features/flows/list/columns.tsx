import { CaretRightOutlined } from '@ant-design/icons';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Dropdown, Tag, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, at } from '../../../client/api';
import { useProject } from '../../../client/place';
import { useSend } from '../../../client/queries';
import { useMay } from '../../../client/session';
import type { DocumentEntry, Run } from '../../../client/types';
import { useConfirm } from '../../../components/Confirm';
import { RelativeTime } from '../../../components/RelativeTime';
import { RenameDialog } from '../../../components/rename/RenameDialog';
import { StateTag } from '../../../components/StateTag';
import { count } from '../../../components/times';
import { useNotice } from '../../../components/useNotice';

function Actions({ flow }: { flow: DocumentEntry }) {
  const { t } = useTranslation('flows');
  const project = useProject();
  const navigate = useNavigate();
  const confirm = useConfirm();
  const { failed } = useNotice();
  const [renaming, setRenaming] = useState(false);
  const mayRun = useMay(project, 'operator');
  const mayDelete = useMay(project, 'developer');
  const runs = at('projects', project, 'runs');
  const flows = at('projects', project, 'flows');
  const run = useSend(
    () => api.post<Run>(runs, { flow: flow.name, revision: 'published' }),
    runs,
    flows,
  );
  const remove = useSend(() => api.remove(at('projects', project, 'flows', flow.name)), flows);
  const start = () =>
    run.mutate(undefined, {
      onError: failed,
      onSuccess: ({ id }) => void navigate({ to: '/p/$project/runs/$id', params: { project, id } }),
    });
  const ask = () =>
    confirm({
      title: t('delete_title'),
      object: flow.name,
      project,
      consequence: t('delete_hint'),
      action: t('common:action.delete'),
      act: () => remove.mutateAsync(undefined).catch(failed),
    });
  const published = flow.published_revision !== null && flow.published_revision !== undefined;
  return (
    <span className="row" style={{ justifyContent: 'flex-end', flexWrap: 'nowrap' }}>
      <Button
        icon={<CaretRightOutlined />}
        disabled={!mayRun || !published}
        loading={run.isPending}
        title={published ? undefined : t('publish_first')}
        onClick={start}
      >
        {t('run')}
      </Button>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'runs', label: t('runs_of') },
            { key: 'rename', label: t('common:action.rename'), disabled: !mayDelete },
            { key: 'delete', label: t('common:action.delete'), danger: true, disabled: !mayDelete },
          ],
          onClick: ({ key }) => {
            if (key === 'delete') ask();
            else if (key === 'rename') setRenaming(true);
            else
              void navigate({
                to: '/p/$project/runs',
                params: { project },
                search: { flow: flow.name },
              });
          },
        }}
      >
        <Button type="text" aria-label={t('more', { name: flow.name })}>
          {'⋯'}
        </Button>
      </Dropdown>
      {renaming && (
        <RenameDialog kind="flows" name={flow.name} onClose={() => setRenaming(false)} />
      )}
    </span>
  );
}

function LastRun({ flow }: { flow: DocumentEntry }) {
  const { t, i18n } = useTranslation('flows');
  const project = useProject();
  if (!flow.last_run) return <span className="soft">{t('never_run')}</span>;
  return (
    <Link to="/p/$project/runs/$id" params={{ project, id: flow.last_run.id }} className="row">
      <StateTag state={flow.last_run.state} />
      <RelativeTime at={flow.last_run.ended_at} none="" />
      <span className="soft">
        {t('rows', { rows: count(flow.last_run.rows_written, i18n.language) })}
      </span>
    </Link>
  );
}

function Schedule({ flow }: { flow: DocumentEntry }) {
  const { t } = useTranslation('flows');
  if (!flow.schedule) return <span className="soft">{t('by_hand')}</span>;
  if (flow.schedule.paused) return <StateTag state="paused" />;
  return <RelativeTime at={flow.schedule.next_at} none={t('after_others')} />;
}

export function useFlowColumns(onTag: (tag: string) => void): TableColumnsType<DocumentEntry> {
  const { t } = useTranslation('flows');
  const project = useProject();
  return [
    {
      title: t('flow'),
      render: (_, { name, title, tags }) => (
        <div>
          <Link to="/p/$project/flows/$name" params={{ project, name }}>
            {title || name}
          </Link>
          <span className="row" style={{ gap: 4 }}>
            {title && <code className="soft">{name}</code>}
            {tags?.map((tag) => (
              <Tag key={tag} style={{ cursor: 'pointer' }} onClick={() => onTag(tag)}>
                {tag}
              </Tag>
            ))}
          </span>
        </div>
      ),
    },
    { title: t('state'), render: (_, { state }) => <StateTag state={state} /> },
    { title: t('last_run'), render: (_, flow) => <LastRun flow={flow} /> },
    { title: t('next_run'), render: (_, flow) => <Schedule flow={flow} /> },
    {
      title: t('updated'),
      render: (_, { updated_at, updated_by }) => (
        <span>
          <RelativeTime at={updated_at} /> <span className="soft">{updated_by}</span>
        </span>
      ),
    },
    { title: '', align: 'right', render: (_, flow) => <Actions flow={flow} /> },
  ];
}
