import { Form, Input, Segmented, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, at } from '../../../client/api';
import { useSend, useThing } from '../../../client/queries';
import type { ProviderSetup } from '../../../client/types';
import { CopyButton } from '../../../components/CopyButton';
import { FormDrawer } from '../../../components/FormDrawer';
import { GroupsField } from './GroupsField';
import { bodyOf, valuesOf, type ProviderValues } from './providerBody';
import { ProviderFields } from './ProviderFields';

type Props = { provider: ProviderSetup | undefined; onClose: () => void };

const EXAMPLE = 'corp';
const ID = /^[a-z0-9][a-z0-9-]{0,31}$/;

/** The address to register at the provider; it sends people back there. */
function ReturnAddress({ id }: { id: string }) {
  const { t } = useTranslation('access');
  const address = `${window.location.origin}/api/oidc/callback/${id || 'id'}`;
  return (
    <Form.Item label={t('providers.return')} extra={t('providers.return_hint')}>
      <span className="row" style={{ flexWrap: 'nowrap' }}>
        <code style={{ overflowWrap: 'anywhere' }}>{address}</code>
        <CopyButton text={address} />
      </span>
    </Form.Item>
  );
}

function Naming({ fresh }: { fresh: boolean }) {
  const { t } = useTranslation('access');
  return (
    <>
      <Form.Item name="kind" label={t('providers.kind')}>
        <Segmented
          disabled={!fresh}
          options={(['oidc', 'ldap'] as const).map((value) => ({
            value,
            label: t(`providers.kinds.${value}`),
          }))}
        />
      </Form.Item>
      <div className="halves">
        <Form.Item
          name="id"
          label={t('providers.id')}
          rules={[{ required: true, pattern: ID, message: t('providers.id_rule') }]}
        >
          <Input disabled={!fresh} autoComplete="off" spellCheck={false} placeholder={EXAMPLE} />
        </Form.Item>
        <Form.Item name="title" label={t('providers.title_field')}>
          <Input autoComplete="off" placeholder={t('providers.title_example')} />
        </Form.Item>
      </div>
    </>
  );
}

/** Sets a login provider up, or changes one. Its secret goes in and never comes out. */
export function ProviderDrawer({ provider, onClose }: Props) {
  const { t } = useTranslation('access');
  const path = at('providers', provider?.id ?? '');
  const latest = useThing<ProviderSetup>(path, { enabled: provider !== undefined, once: true });
  const [form] = Form.useForm<ProviderValues>();
  const kind = Form.useWatch('kind', form) ?? provider?.kind ?? 'oidc';
  const id = Form.useWatch('id', form) ?? '';
  const send = useSend(
    (values: ProviderValues) =>
      provider
        ? api.put(path, bodyOf(values))
        : api.put(at('providers', values.id), bodyOf(values), { create: true }),
    at('providers'),
  );
  return (
    <FormDrawer<ProviderValues>
      title={provider ? t('providers.edit', { name: provider.title }) : t('providers.add')}
      form={form}
      values={valuesOf(latest.data ?? provider)}
      fetchedAt={latest.dataUpdatedAt}
      saving={send.isPending}
      error={latest.error ?? send.error}
      onSave={(values) => send.mutate(values, { onSuccess: onClose })}
      onClose={onClose}
    >
      <Naming fresh={!provider} />
      {kind === 'oidc' && <ReturnAddress id={id} />}
      <ProviderFields kind={kind} fresh={!provider} />
      <GroupsField />
      <Form.Item name="enabled" label={t('providers.enabled')} valuePropName="checked">
        <Switch />
      </Form.Item>
    </FormDrawer>
  );
}
