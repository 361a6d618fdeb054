import { Link } from '@tanstack/react-router';
import { Form, Input, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '../../client/api';
import { useFlowChoices } from '../../client/flowChoices';
import { useProject } from '../../client/place';
import { useSend, useThing } from '../../client/queries';
import { useMay } from '../../client/session';
import type { AlertRule, AlertRuleDraft, Channel, Page } from '../../client/types';
import { FormDrawer } from '../../components/FormDrawer';
import { channelsPath, rulesPath } from './paths';
import { RULE_EVENTS, RULE_SETTINGS, SHARED_SETTINGS, settingsOf } from './ruleKinds';

type Props = { rule: AlertRule | undefined; onClose: () => void };

const BLANK: AlertRuleDraft = {
  name: '',
  on: 'failure',
  flow: null,
  settings: {},
  channels: [],
  recovery: true,
  paused: false,
};

function useChoices(project: string) {
  const { flows, search } = useFlowChoices();
  const channels = useThing<Page<Channel>>(channelsPath(project));
  return {
    flows: { ...search, options: flows.map(({ name }) => ({ value: name, label: name })) },
    none: channels.data?.items.length === 0,
    channels: (channels.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
  };
}

/** The bounds of the chosen event. */
function Bounds({ event }: { event: string }) {
  const { t } = useTranslation('alerts');
  return (
    <>
      {[...(RULE_SETTINGS[event] ?? []), ...SHARED_SETTINGS].map(({ name, example }) => (
        <Form.Item key={name} name={['settings', name]} label={t(`setting.${name}`)}>
          <Input placeholder={example} autoComplete="off" />
        </Form.Item>
      ))}
    </>
  );
}

export function RuleDrawer({ rule, onClose }: Props) {
  const { t } = useTranslation('alerts');
  const project = useProject();
  const may = useMay(project, 'developer');
  const path = rule ? rulesPath(project, rule.id) : rulesPath(project);
  const latest = useThing<AlertRule>(path, { enabled: rule !== undefined, once: true });
  const choices = useChoices(project);
  const [form] = Form.useForm<AlertRuleDraft>();
  const shown = latest.data ?? rule ?? BLANK;
  const event = Form.useWatch('on', form) ?? shown.on;
  const save = useSend((values: AlertRuleDraft) => {
    const { id: _id, ...old } = { id: '', ...shown };
    const body = {
      ...old,
      ...values,
      flow: values.flow ?? null,
      silence: values.silence ?? '',
      settings: settingsOf(values.on, values.settings ?? {}),
    };
    return rule ? api.put<AlertRule>(path, body) : api.post<AlertRule>(path, body);
  }, rulesPath(project));
  return (
    <FormDrawer<AlertRuleDraft>
      title={rule ? t('rule_edit', { name: rule.name }) : t('rule_add')}
      form={form}
      values={shown}
      fetchedAt={latest.dataUpdatedAt}
      saving={save.isPending}
      mayNot={!may}
      error={latest.error ?? save.error}
      onSave={(values) => save.mutate(values, { onSuccess: onClose })}
      onClose={onClose}
    >
      <Form.Item
        name="name"
        label={t('name')}
        rules={[{ required: true, message: t('name_needed') }]}
      >
        <Input autoFocus autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="on"
        label={t('event')}
        extra={t(`event_hint.${event}`, { defaultValue: '' })}
      >
        <Select options={RULE_EVENTS.map((one) => ({ value: one, label: t(`events.${one}`) }))} />
      </Form.Item>
      <Bounds event={event} />
      <Form.Item name="flow" label={t('flow')}>
        <Select allowClear placeholder={t('every_flow')} {...choices.flows} />
      </Form.Item>
      <Form.Item
        name="channels"
        label={t('tab.channels')}
        rules={[{ required: true, type: 'array', min: 1, message: t('channels_needed') }]}
      >
        <Select mode="multiple" options={choices.channels} notFoundContent={t('no_channels')} />
      </Form.Item>
      {choices.none && (
        <p>
          {t('channels_first')}{' '}
          <Link to="/p/$project/alerts" params={{ project }} search={{ tab: 'channels' }}>
            {t('channel_add')}
          </Link>
        </p>
      )}
      <Form.Item name={['settings', 'escalate_to']} label={t('setting.escalate_to')}>
        <Select mode="multiple" options={choices.channels} notFoundContent={t('no_channels')} />
      </Form.Item>
      <Form.Item name="silence" label={t('silence_window')} extra={t('silence_hint')}>
        <Input placeholder={EXAMPLE} autoComplete="off" />
      </Form.Item>
      <Form.Item name="recovery" label={t('recovery')} valuePropName="checked">
        <Switch />
      </Form.Item>
    </FormDrawer>
  );
}

const EXAMPLE = '22:00-07:00 Asia/Shanghai';
