import { Collapse, Form, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { at } from '../../client/api';
import { useThing } from '../../client/queries';
import { useFlowChoices } from '../../client/flowChoices';
import type { Page } from '../../client/types';
import { CronBuilder } from './CronBuilder';

function useOptions() {
  const { flows, search } = useFlowChoices();
  const options = flows.map(({ name, title }) => ({
    value: name,
    label: title ? `${title} (${name})` : name,
  }));
  return { ...search, options };
}

export function FlowField({ disabled }: { disabled: boolean }) {
  const { t } = useTranslation('schedules');
  return (
    <Form.Item
      name="flow"
      label={t('flow')}
      rules={[{ required: true, message: t('flow_needed') }]}
    >
      <Select disabled={disabled} {...useOptions()} />
    </Form.Item>
  );
}

type DependsProps = {
  value?: { flow: string; project?: string | null }[];
  onChange?: (value: { flow: string }[]) => void;
  id?: string;
};

function DependsOn({ value = [], onChange, id }: DependsProps) {
  const known = new Map(value.map((one) => [one.flow, one]));
  return (
    <Select
      id={id}
      mode="multiple"
      {...useOptions()}
      value={value.map(({ flow }) => flow)}
      onChange={(flows: string[]) => onChange?.(flows.map((flow) => known.get(flow) ?? { flow }))}
    />
  );
}

const ZONES = Intl.supportedValuesOf('timeZone').map((zone) => ({ value: zone, label: zone }));

/** When it starts: at a time in a zone, or after other flows have succeeded. */
export function TimeFields({ by }: { by: 'time' | 'flows' }) {
  const { t } = useTranslation('schedules');
  const known = useThing<Page<{ name: string }>>(at('calendars'));
  const calendars = (known.data?.items ?? []).map(({ name }) => ({ value: name, label: name }));
  if (by === 'flows') {
    return (
      <Form.Item
        name="depends_on"
        label={t('depends_on')}
        extra={t('depends_hint')}
        rules={[{ required: true, type: 'array', min: 1, message: t('depends_needed') }]}
      >
        <DependsOn />
      </Form.Item>
    );
  }
  return (
    <>
      <Form.Item
        name="cron"
        label={t('when')}
        rules={[{ required: true, message: t('cron_needed') }]}
      >
        <CronBuilder />
      </Form.Item>
      <div className="halves">
        <Form.Item name="zone" label={t('zone')}>
          <Select showSearch options={ZONES} />
        </Form.Item>
        <Form.Item name="calendar" label={t('calendar')} extra={t('calendar_hint')}>
          <Select allowClear placeholder={t('calendar_none')} options={calendars} />
        </Form.Item>
      </div>
    </>
  );
}

/** What happens when something is in the way: defaults hold, so they are folded. */
export function PolicyFields() {
  const { t } = useTranslation('schedules');
  const choices = (group: string, keys: string[]) =>
    keys.map((key) => ({ value: key, label: t(`${group}_policy.${key}`) }));
  return (
    <Collapse
      ghost
      items={[
        {
          key: 'policies',
          label: t('policies'),
          forceRender: true,
          children: (
            <>
              <Form.Item name="missed" label={t('missed')}>
                <Select options={choices('missed', ['skip', 'once', 'all'])} />
              </Form.Item>
              <Form.Item name="concurrency" label={t('concurrency')}>
                <Select options={choices('concurrency', ['skip', 'queue'])} />
              </Form.Item>
              <div className="halves">
                <Form.Item name={['retries', 'max']} label={t('retries_max')}>
                  <InputNumber min={0} max={20} />
                </Form.Item>
                <Form.Item name={['retries', 'wait_seconds']} label={t('retries_wait')}>
                  <InputNumber min={1} max={86_400} />
                </Form.Item>
              </div>
            </>
          ),
        },
      ]}
    />
  );
}
