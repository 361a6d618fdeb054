import { PlusOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Button, Switch, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, at } from '../../client/api';
import { useProject } from '../../client/place';
import { useList, useSend } from '../../client/queries';
import { useMay } from '../../client/session';
import type { Schedule } from '../../client/types';
import { useConfirm } from '../../components/Confirm';
import { PageHeader } from '../../components/PageHeader';
import { RelativeTime } from '../../components/RelativeTime';
import { ResourceTable } from '../../components/ResourceTable';
import { StateTag } from '../../components/StateTag';
import { useNotice } from '../../components/useNotice';
import { draftOf } from './draft';
import { Fires } from './Fires';
import { ScheduleDrawer } from './ScheduleDrawer';
import { wordsOf } from './words';

function When({ schedule }: { schedule: Schedule }) {
  const { t, i18n } = useTranslation('schedules');
  const after = schedule.depends_on ?? [];
  return (
    <div>
      {schedule.cron && (
        <div>
          {wordsOf(schedule.cron, schedule.words, i18n.language)}{' '}
          <code className="soft">
            {schedule.cron} {schedule.zone}
          </code>
        </div>
      )}
      {after.length > 0 && (
        <div>{t('after', { flows: after.map(({ flow }) => flow).join(', ') })}</div>
      )}
      {after
        .filter(({ gone }) => gone)
        .map(({ flow }) => (
          <StateTag key={flow} state="failed" text={t('gone', { flow })} />
        ))}
    </div>
  );
}

function useColumns(onEdit: (schedule: Schedule) => void): TableColumnsType<Schedule> {
  const { t } = useTranslation('schedules');
  const project = useProject();
  const may = useMay(project, 'developer');
  const confirm = useConfirm();
  const { failed } = useNotice();
  const list = at('projects', project, 'schedules');
  const path = (id: string) => at('projects', project, 'schedules', id);
  const pause = useSend(
    ({ schedule, paused }: { schedule: Schedule; paused: boolean }) =>
      api.put(path(schedule.id), { ...draftOf(schedule), paused }),
    list,
  );
  const remove = useSend((id: string) => api.remove(path(id)), list);
  return [
    {
      title: t('flow'),
      render: (_, { flow }) => (
        <Link to="/p/$project/flows/$name" params={{ project, name: flow }}>
          {flow}
        </Link>
      ),
    },
    { title: t('when'), render: (_, schedule) => <When schedule={schedule} /> },
    {
      title: t('next'),
      render: (_, { next, paused }) => <RelativeTime at={paused ? null : next?.[0]} />,
    },
    { title: t('last'), render: (_, { last_fire }) => <RelativeTime at={last_fire} /> },
    {
      title: t('on'),
      render: (_, schedule) => (
        <Switch
          checked={!schedule.paused}
          disabled={!may}
          aria-label={t('switch', { flow: schedule.flow })}
          onChange={(on) => pause.mutate({ schedule, paused: !on }, { onError: failed })}
        />
      ),
    },
    {
      title: '',
      align: 'right',
      render: (_, schedule) => (
        <span>
          <Button type="text" disabled={!may} onClick={() => onEdit(schedule)}>
            {t('common:action.edit')}
          </Button>
          <Button
            type="text"
            danger
            disabled={!may}
            onClick={() =>
              confirm({
                title: t('delete_title'),
                object: schedule.flow,
                project,
                consequence: t('delete_hint'),
                action: t('common:action.delete'),
                act: () => remove.mutateAsync(schedule.id).catch(failed),
              })
            }
          >
            {t('common:action.delete')}
          </Button>
        </span>
      ),
    },
  ];
}

/** When flows run by themselves. */
export function SchedulesPage() {
  const { t } = useTranslation('schedules');
  const project = useProject();
  const may = useMay(project, 'developer');
  const [edited, setEdited] = useState<Schedule | 'new'>();
  const list = useList<Schedule>(at('projects', project, 'schedules'));
  const columns = useColumns(setEdited);
  const add = (
    <Button type="primary" icon={<PlusOutlined />} disabled={!may} onClick={() => setEdited('new')}>
      {t('add')}
    </Button>
  );
  const calendars = (
    <Link to="/p/$project/settings" params={{ project }} search={{ section: 'calendars' }}>
      {t('calendars')}
    </Link>
  );
  return (
    <div className="stack">
      <PageHeader
        title={t('title')}
        hint={t('hint')}
        actions={
          <>
            {calendars}
            {add}
          </>
        }
      />
      <ResourceTable
        label={t('title')}
        listing={list}
        columns={columns}
        rowKey={({ id }) => id}
        expand={{ expandedRowRender: (schedule) => <Fires schedule={schedule} /> }}
        empty={{ title: t('none'), hint: t('none_hint'), action: add }}
      />
      {edited && (
        <ScheduleDrawer
          schedule={edited === 'new' ? undefined : edited}
          onClose={() => setEdited(undefined)}
        />
      )}
    </div>
  );
}
