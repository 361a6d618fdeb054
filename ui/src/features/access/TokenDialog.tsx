import { Alert, Button, Form, Input, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, at } from '../../client/api';
import { useProject } from '../../client/place';
import { useSend } from '../../client/queries';
import type { Role, Token } from '../../client/types';
import { CopyButton } from '../../components/CopyButton';
import { Failure } from '../../components/Failure';
import { useProjectChoices } from './GrantsField';
import { ROLES } from './grants';

type Values = { name: string; project: string; role: Role; days: number };
const LIFETIMES = [30, 90, 365, 0];
const DAY_MS = 86_400_000;

function Once({ token }: { token: string }) {
  const { t } = useTranslation('access');
  return (
    <div className="stack">
      <Alert type="warning" showIcon title={t('tokens.once')} />
      <div className="row panel" style={{ flexWrap: 'nowrap' }}>
        <code className="grow" style={{ overflowWrap: 'anywhere' }}>
          {token}
        </code>
        <CopyButton text={token} />
      </div>
    </div>
  );
}

/** Makes a token and shows it this one time. */
export function TokenDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('access');
  const project = useProject();
  const projects = useProjectChoices();
  const make = useSend(
    ({ days, ...values }: Values) =>
      api.post<Token & { token: string }>(at('tokens'), {
        ...values,
        expires_at: days ? new Date(Date.now() + days * DAY_MS).toISOString() : null,
      }),
    at('tokens'),
  );
  return (
    <Modal open title={t('tokens.add')} footer={null} onCancel={onClose} mask={{ closable: false }}>
      {make.data ? (
        <div className="stack">
          <Once token={make.data.token} />
          <Button onClick={onClose}>{t('common:action.close')}</Button>
        </div>
      ) : (
        <Form<Values>
          layout="vertical"
          requiredMark={false}
          initialValues={{ project, role: 'operator', days: 90 }}
          onFinish={(values) => make.mutate(values)}
        >
          <Failure error={make.error} />
          <Form.Item
            name="name"
            label={t('tokens.name')}
            rules={[{ required: true, message: t('tokens.name_needed') }]}
          >
            <Input autoFocus autoComplete="off" placeholder={t('tokens.name_example')} />
          </Form.Item>
          <Form.Item name="project" label={t('users.grant_project')}>
            <Select options={projects} />
          </Form.Item>
          <Form.Item name="role" label={t('users.grant_role')}>
            <Select
              options={ROLES.map((role) => ({ value: role, label: t(`common:role.${role}`) }))}
            />
          </Form.Item>
          <Form.Item name="days" label={t('tokens.expires')}>
            <Select
              options={LIFETIMES.map((days) => ({
                value: days,
                label: days ? t('tokens.days', { days }) : t('tokens.no_end'),
              }))}
            />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={make.isPending}>
            {t('tokens.add')}
          </Button>
        </Form>
      )}
    </Modal>
  );
}
