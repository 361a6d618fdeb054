import { useNavigate } from '@tanstack/react-router';
import { Button, Form, Input, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, at } from '../../../client/api';
import { useProject } from '../../../client/place';
import { useSend, useThing } from '../../../client/queries';
import type { DocumentEntry, Page, StoredDocument } from '../../../client/types';
import { Failure } from '../../../components/Failure';
import { starters, type StarterKey } from './starters';

const NAME = /^[\p{L}\p{N}][\p{L}\p{N}_.-]*$/u;
const EXAMPLE = 'orders-to-crm';
type Values = { name: string; starter: StarterKey; from?: string; to?: string };

function Connections({ starter }: { starter: StarterKey }) {
  const { t } = useTranslation('flows');
  const path = at('projects', useProject(), 'connections');
  const list = useThing<Page<DocumentEntry>>(path, { query: { limit: 200 } });
  if (starter === 'blank') return null;
  const choices = (list.data?.items ?? []).map(({ name, type }) => ({
    value: name,
    label: type ? `${name} · ${type}` : name,
  }));
  const rules = [{ required: true, message: t('create.connection_needed') }];
  return (
    <div className="halves">
      <Form.Item name="from" label={t('create.from')} rules={rules}>
        <Select showSearch options={choices} notFoundContent={t('create.no_connections')} />
      </Form.Item>
      <Form.Item name="to" label={t('create.to')} rules={rules}>
        <Select showSearch options={choices} notFoundContent={t('create.no_connections')} />
      </Form.Item>
    </div>
  );
}

/** Makes a flow, blank or from a beginning that suits, and opens it. */
export function CreateFlow({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('flows');
  const project = useProject();
  const navigate = useNavigate();
  const [form] = Form.useForm<Values>();
  const starter = Form.useWatch('starter', form) ?? 'copy_table';
  const make = useSend(
    ({ name, starter: key, from = '', to = '' }: Values) =>
      api.put<StoredDocument>(
        at('projects', project, 'flows', name),
        { text: starters[key](name, from, to) },
        { create: true },
      ),
    at('projects', project, 'flows'),
  );
  const open = ({ name }: StoredDocument) =>
    void navigate({ to: '/p/$project/flows/$name', params: { project, name } });
  return (
    <Modal open footer={null} title={t('create.title')} width={560} onCancel={onClose}>
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ starter: 'copy_table' }}
        onFinish={(values) => make.mutate(values, { onSuccess: open })}
      >
        <Failure error={make.error} />
        <Form.Item
          name="name"
          label={t('create.name')}
          rules={[{ required: true, pattern: NAME, message: t('create.name_rule') }]}
        >
          <Input autoFocus autoComplete="off" className="code" placeholder={EXAMPLE} />
        </Form.Item>
        <Form.Item name="starter" label={t('create.starter')} extra={t(`starter_hint.${starter}`)}>
          <Select
            options={(Object.keys(starters) as StarterKey[]).map((key) => ({
              value: key,
              label: t(`starter.${key}`),
            }))}
          />
        </Form.Item>
        <Connections starter={starter} />
        <Button type="primary" htmlType="submit" loading={make.isPending}>
          {t('create.act')}
        </Button>
      </Form>
    </Modal>
  );
}
