import { Form, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, at } from '../../client/api';
import { useProject } from '../../client/place';
import { useSend, useThing } from '../../client/queries';
import type { Schedule, ScheduleDraft } from '../../client/types';
import { FormDrawer } from '../../components/FormDrawer';
import { draftOf, newDraft } from './draft';
import { NextTimes } from './NextTimes';
import { FlowField, PolicyFields, TimeFields } from './ScheduleFields';

type Props = { schedule: Schedule | undefined; onClose: () => void };
type By = 'time' | 'flows';

/** Only one of the two ways to start is sent: at a time, or after other flows. */
function sent(values: ScheduleDraft, by: By): ScheduleDraft {
  return by === 'time' ? { ...values, depends_on: [] } : { ...values, cron: null };
}

/** Makes a schedule or changes one, with the next five times in view while it is chosen. */
export function ScheduleDrawer({ schedule, onClose }: Props) {
  const { t } = useTranslation('schedules');
  const project = useProject();
  const list = at('projects', project, 'schedules');
  const path = schedule ? at('projects', project, 'schedules', schedule.id) : list;
  const latest = useThing<Schedule>(path, { enabled: schedule !== undefined, once: true });
  const shown = latest.data ?? schedule;
  const [by, setBy] = useState<By>(schedule && !schedule.cron ? 'flows' : 'time');
  const [form] = Form.useForm<ScheduleDraft>();
  const watched = Form.useWatch([], form);
  const send = useSend(
    (values: ScheduleDraft) => {
      const body = { ...sent(values, by), paused: shown?.paused ?? false };
      return schedule ? api.put<Schedule>(path, body) : api.post<Schedule>(path, body);
    },
    list,
    at('projects', project, 'flows'),
  );
  return (
    <FormDrawer<ScheduleDraft>
      title={schedule ? t('edit', { flow: schedule.flow }) : t('add')}
      form={form}
      values={shown ? draftOf(shown) : newDraft()}
      fetchedAt={latest.dataUpdatedAt}
      saving={send.isPending}
      error={latest.error ?? send.error}
      onSave={(values) => send.mutate(values, { onSuccess: onClose })}
      onClose={onClose}
    >
      <FlowField disabled={schedule !== undefined} />
      <Form.Item label={t('starts')}>
        <Segmented
          value={by}
          onChange={setBy}
          options={[
            { value: 'time', label: t('by_time') },
            { value: 'flows', label: t('by_flows') },
          ]}
        />
      </Form.Item>
      <TimeFields by={by} />
      {by === 'time' && watched?.cron && (
        <NextTimes cron={watched.cron} zone={watched.zone} calendar={watched.calendar} />
      )}
      <PolicyFields />
    </FormDrawer>
  );
}
