import { useNavigate } from '@tanstack/react-router';
import { Button, Form, Input, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, at } from '../../../client/api';
import { ProblemError } from '../../../client/problem';
import { useProject } from '../../../client/place';
import { useSend, useThing } from '../../../client/queries';
import type { Page, StoredDocument, Template } from '../../../client/types';
import { Failure } from '../../../components/Failure';
import { ParameterField } from './ParameterField';

const NAME = /^[\p{L}\p{N}_][\p{L}\p{N}_-]*$/u;
const EXAMPLE = 'orders-to-crm';
const BLANK = '';
type Values = { name: string; template: string; parameters?: Record<string, string> };

/** Made by the server from a template, or blank by hand. */
async function create(project: string, values: Values): Promise<void> {
  const { name, template, parameters = {} } = values;
  if (template !== BLANK) {
    await api.post(at('projects', project, 'templates', template), { name, parameters });
    return;
  }
  const text = `flow: ${name}\nsteps: {}\n`;
  await api.put<StoredDocument>(at('projects', project, 'flows', name), { text }, { create: true });
}

function useTemplates() {
  const { t, i18n } = useTranslation('flows');
  const said = (text: { zh: string; en: string }) => (i18n.language === 'en' ? text.en : text.zh);
  const found = useThing<Page<Template>>('/api/templates');
  const flows = (found.data?.items ?? []).filter(({ kind }) => kind.startsWith('flow'));
  return {
    find: (name: string | undefined) => flows.find((one) => one.name === name),
    describe: (one: Template | undefined) => (one ? said(one.description) : t('create.blank_hint')),
    options: [
      { value: BLANK, label: t('create.blank') },
      ...flows.map((one) => ({ value: one.name, label: said(one.title) })),
    ],
    error: found.error,
  };
}

/** Makes a flow, blank or from a template whose holes are filled here, and opens it. */
export function CreateFlow({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('flows');
  const project = useProject();
  const navigate = useNavigate();
  const [form] = Form.useForm<Values>();
  const templates = useTemplates();
  const template = templates.find(Form.useWatch('template', form));
  const make = useSend(
    (values: Values) => create(project, values),
    at('projects', project, 'flows'),
    at('projects', project, 'connections'),
  );
  const taken = make.error instanceof ProblemError && make.error.status === 412;
  const finish = (values: Values) =>
    make.mutate(values, {
      onSuccess: () =>
        void navigate({
          to: '/p/$project/flows/$name',
          params: { project, name: values.name },
        }),
    });
  return (
    <Modal open footer={null} title={t('create.title')} width={600} onCancel={onClose}>
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ template: BLANK }}
        onFinish={finish}
      >
        <Failure error={taken ? undefined : (make.error ?? templates.error)} />
        <Form.Item
          name="name"
          label={t('create.name')}
          rules={[{ required: true, pattern: NAME, message: t('create.name_rule') }]}
          {...(taken ? { validateStatus: 'error' as const, help: t('create.taken') } : {})}
        >
          <Input autoFocus autoComplete="off" className="code" placeholder={EXAMPLE} />
        </Form.Item>
        <Form.Item
          name="template"
          label={t('create.template')}
          extra={templates.describe(template)}
        >
          <Select options={templates.options} />
        </Form.Item>
        {template?.parameters.map((parameter) => (
          <ParameterField key={`${template.name}/${parameter.name}`} parameter={parameter} />
        ))}
        <Button type="primary" htmlType="submit" loading={make.isPending}>
          {t('create.act')}
        </Button>
      </Form>
    </Modal>
  );
}
