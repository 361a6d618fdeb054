import { Checkbox, Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, at } from '../../client/api';
import { useProject, type Filters } from '../../client/place';
import { useSend } from '../../client/queries';
import { useMay } from '../../client/session';
import type { SavedView, ViewList } from '../../client/types';
import { Failure } from '../Failure';

type Values = { name: string; shared?: boolean };
type Props = { list: ViewList; filters: Filters; onClose: () => void };

const NAME_MAX = 60;

/** Asks for the name under which filters are kept, and whether others see it. */
export function SaveView({ list, filters, onClose }: Props) {
  const { t } = useTranslation('common');
  const project = useProject();
  const mayShare = useMay(project, 'operator');
  const views = at('projects', project, 'views');
  const [form] = Form.useForm<Values>();
  const save = useSend(
    (values: Values) => api.post<SavedView>(views, { list, filters, ...values }),
    views,
  );
  return (
    <Modal
      open
      title={t('views.title')}
      okText={t('action.save')}
      cancelText={t('action.cancel')}
      confirmLoading={save.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={(values) => save.mutate(values, { onSuccess: onClose })}
      >
        <Failure error={save.error} />
        <Form.Item name="name" label={t('views.name')} rules={[{ required: true, max: NAME_MAX }]}>
          <Input autoFocus autoComplete="off" placeholder={t('views.example')} />
        </Form.Item>
        <Form.Item name="shared" valuePropName="checked">
          <Checkbox disabled={!mayShare}>{t('views.share')}</Checkbox>
        </Form.Item>
      </Form>
    </Modal>
  );
}
