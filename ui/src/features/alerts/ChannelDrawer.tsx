import { Alert, Button, Drawer, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, at } from '../../client/api';
import { useProject } from '../../client/place';
import { useSend, useThing } from '../../client/queries';
import { useMay } from '../../client/session';
import type { Channel, ChannelAnswer, ChannelDraft, Page, SecretEntry } from '../../client/types';
import { Failure } from '../../components/Failure';
import { bodyOf, secretNameOf } from './channelBody';
import { CHANNEL_KINDS, CHANNEL_SETTINGS } from './channelKinds';
import { channelsPath } from './paths';
import { SettingField } from './SettingField';

type Props = { channel: Channel | undefined; onClose: () => void };

const BLANK: ChannelDraft = { name: '', kind: 'dingtalk', settings: {}, language: 'zh-CN' };

/** Secrets that were typed go to the vault; the channel keeps their references. */
function useSettled(project: string, draft: ChannelDraft, typed: Record<string, string>) {
  const [mark] = useState(() => Math.random().toString(36).slice(2, 8));
  return async (): Promise<ChannelDraft> => {
    const settings = { ...draft.settings };
    for (const [setting, value] of Object.entries(typed)) {
      const name = secretNameOf(draft, setting, mark);
      await api.put(at('projects', project, 'secrets', name), { value });
      settings[setting] = `\${secret:${name}}`;
    }
    return { ...draft, settings };
  };
}

function Answer({ answer }: { answer: ChannelAnswer }) {
  const { t } = useTranslation('alerts');
  return (
    <Alert
      showIcon
      type={answer.ok ? 'success' : 'error'}
      title={
        answer.ok || answer.status
          ? t(answer.ok ? 'test_ok' : 'test_failed', { status: answer.status ?? '–' })
          : t('test_unreached')
      }
      description={<code style={{ overflowWrap: 'anywhere' }}>{answer.answer}</code>}
    />
  );
}

/** Makes a channel or changes one; a test shows what the other side answered, word for word. */
export function ChannelDrawer({ channel, onClose }: Props) {
  const { t } = useTranslation('alerts');
  const project = useProject();
  const may = useMay(project, 'developer');
  const path = channel ? channelsPath(project, channel.id) : channelsPath(project);
  const latest = useThing<Channel>(path, { enabled: channel !== undefined, once: true });
  const secrets = useThing<Page<SecretEntry>>(at('projects', project, 'secrets'));
  const [draft, setDraft] = useState<ChannelDraft>(channel ?? BLANK);
  const [typed, setTyped] = useState<Record<string, string>>({});
  const settled = useSettled(project, draft, typed);
  const test = useSend(async () =>
    api.post<ChannelAnswer>(channelsPath(project, 'test'), bodyOf(await settled())),
  );
  const save = useSend(async () => {
    const body = bodyOf(await settled());
    return channel ? api.put<Channel>(path, body) : api.post<Channel>(path, body);
  }, channelsPath(project));
  const set = (change: Partial<ChannelDraft>) => setDraft({ ...draft, ...change });
  return (
    <Drawer
      open
      size={560}
      title={channel ? t('channel_edit', { name: channel.name }) : t('channel_add')}
      onClose={onClose}
      footer={
        <div className="row">
          <Button disabled={!may} loading={test.isPending} onClick={() => test.mutate(undefined)}>
            {t('test')}
          </Button>
          <Button
            type="primary"
            disabled={!may}
            loading={save.isPending}
            onClick={() => save.mutate(undefined, { onSuccess: onClose })}
          >
            {t('common:action.save')}
          </Button>
        </div>
      }
    >
      <div className="stack">
        <Failure error={latest.error ?? save.error ?? test.error} />
        {test.data && <Answer answer={test.data} />}
        <Form layout="vertical" component="div">
          <Form.Item label={t('kind')} htmlFor="channel-kind" extra={t(`kind_hint.${draft.kind}`)}>
            <Select
              id="channel-kind"
              disabled={channel !== undefined}
              options={CHANNEL_KINDS.map((kind) => ({ value: kind, label: t(`kinds.${kind}`) }))}
              value={draft.kind}
              onChange={(kind) => set({ kind, settings: {} })}
            />
          </Form.Item>
          <Form.Item label={t('name')} htmlFor="channel-name">
            <Input
              id="channel-name"
              value={draft.name}
              onChange={({ target }) => set({ name: target.value })}
            />
          </Form.Item>
          <Form.Item label={t('language')} htmlFor="channel-language">
            <Select
              id="channel-language"
              options={(['zh-CN', 'en'] as const).map((one) => ({
                value: one,
                label: t(`languages.${one}`),
              }))}
              value={draft.language}
              onChange={(language) => set({ language })}
            />
          </Form.Item>
          {CHANNEL_SETTINGS[draft.kind].map((setting) => (
            <SettingField
              key={setting.name}
              setting={setting}
              value={draft.settings[setting.name]}
              onChange={(value) => set({ settings: { ...draft.settings, [setting.name]: value } })}
              vault={{
                names: secrets.data?.items.map(({ name }) => name) ?? [],
                typed,
                onType: (name, value) => setTyped({ ...typed, [name]: value }),
              }}
            />
          ))}
        </Form>
      </div>
    </Drawer>
  );
}
