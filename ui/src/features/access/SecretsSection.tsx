import { PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, Modal, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, at } from '../../client/api';
import { useProject } from '../../client/place';
import { useList, useSend } from '../../client/queries';
import { useMay } from '../../client/session';
import type { SecretEntry } from '../../client/types';
import { useConfirm } from '../../components/Confirm';
import { CopyButton } from '../../components/CopyButton';
import { Failure } from '../../components/Failure';
import { RelativeTime } from '../../components/RelativeTime';
import { ResourceTable } from '../../components/ResourceTable';
import { useNotice } from '../../components/useNotice';

const NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/;
const EXAMPLE = 'erp.password';
type Values = { name: string; value: string };

function SecretDialog({ name, onClose }: { name: string | undefined; onClose: () => void }) {
  const { t } = useTranslation('access');
  const project = useProject();
  const list = at('projects', project, 'secrets');
  const { done } = useNotice();
  const store = useSend(
    (values: Values) =>
      api.put(at('projects', project, 'secrets', values.name), { value: values.value }),
    list,
  );
  const stored = () => {
    done(t('common:saved'));
    onClose();
  };
  return (
    <Modal
      open
      footer={null}
      onCancel={onClose}
      title={name ? t('secrets.replace', { name }) : t('secrets.add')}
    >
      <Form<Values>
        layout="vertical"
        requiredMark={false}
        initialValues={{ name }}
        onFinish={(values) => store.mutate(values, { onSuccess: stored })}
      >
        <Failure error={store.error} />
        <Form.Item
          name="name"
          label={t('secrets.name')}
          hidden={name !== undefined}
          rules={[{ required: true, pattern: NAME, message: t('secrets.name_rule') }]}
        >
          <Input className="code" autoFocus autoComplete="off" placeholder={EXAMPLE} />
        </Form.Item>
        <Form.Item
          name="value"
          label={t('secrets.value')}
          extra={t('secrets.value_hint')}
          rules={[{ required: true, message: t('secrets.value_needed') }]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={store.isPending}>
          {t('common:action.save')}
        </Button>
      </Form>
    </Modal>
  );
}

/** The vault of a project: names only, a value never comes back. */
export function SecretsSection() {
  const { t } = useTranslation('access');
  const project = useProject();
  const path = at('projects', project, 'secrets');
  const may = useMay(project, 'developer');
  const [edited, setEdited] = useState<{ name?: string }>();
  const confirm = useConfirm();
  const { failed } = useNotice();
  const list = useList<SecretEntry>(path);
  const remove = useSend(
    (name: string) => api.remove(at('projects', project, 'secrets', name)),
    path,
  );
  const columns: TableColumnsType<SecretEntry> = [
    {
      title: t('secrets.name'),
      render: (_, { name }) => (
        <span className="row">
          <code>{`\${secret:${name}}`}</code>
          <CopyButton text={`\${secret:${name}}`} />
        </span>
      ),
    },
    { title: t('secrets.version'), dataIndex: 'version', className: 'number' },
    {
      title: t('secrets.updated'),
      render: (_, secret) => <RelativeTime at={secret.updated_at} />,
    },
    { title: t('secrets.by'), render: (_, secret) => secret.updated_by ?? '–' },
    {
      title: '',
      align: 'right',
      render: (_, { name }) => (
        <span>
          <Button type="text" disabled={!may} onClick={() => setEdited({ name })}>
            {t('common:secret.replace')}
          </Button>
          <Button
            type="text"
            danger
            disabled={!may}
            onClick={() =>
              confirm({
                title: t('secrets.delete_title'),
                object: name,
                project,
                consequence: t('secrets.delete_hint'),
                action: t('common:action.delete'),
                act: () => remove.mutateAsync(name).catch(failed),
              })
            }
          >
            {t('common:action.delete')}
          </Button>
        </span>
      ),
    },
  ];
  return (
    <>
      <ResourceTable
        label={t('secrets.title')}
        listing={list}
        columns={columns}
        rowKey={({ name }) => name}
        empty={{ title: t('secrets.none'), hint: t('secrets.none_hint') }}
        toolbar={
          <Button
            type="primary"
            icon={<PlusOutlined />}
            disabled={!may}
            onClick={() => setEdited({})}
          >
            {t('secrets.add')}
          </Button>
        }
      />
      {edited && <SecretDialog name={edited.name} onClose={() => setEdited(undefined)} />}
    </>
  );
}
