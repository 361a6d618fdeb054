import { Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, at } from '../../client/api';
import { useSend } from '../../client/queries';
import type { Calendar } from '../../client/types';
import { Failure } from '../../components/Failure';

type Props = { onClose: () => void; onMade: (name: string) => void };
type Values = { name: string; title: string };

const EXAMPLE = 'plant-2';
const NAME = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** A calendar that begins as the plain week. */
export function NewCalendar({ onClose, onMade }: Props) {
  const { t } = useTranslation('calendars');
  const [form] = Form.useForm<Values>();
  const make = useSend(
    ({ name, title }: Values) =>
      api.put<Calendar>(at('calendars', name), { title, days: {} }, { create: true }),
    at('calendars'),
  );
  return (
    <Modal
      open
      title={t('add')}
      okText={t('common:action.add')}
      cancelText={t('common:action.cancel')}
      confirmLoading={make.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <div className="stack">
        <Failure error={make.error} />
        <Form<Values>
          form={form}
          layout="vertical"
          requiredMark={false}
          onFinish={(values) => make.mutate(values, { onSuccess: () => onMade(values.name) })}
        >
          <Form.Item
            name="name"
            label={t('name')}
            rules={[{ required: true, pattern: NAME, message: t('name_rule') }]}
          >
            <Input autoFocus autoComplete="off" placeholder={EXAMPLE} />
          </Form.Item>
          <Form.Item
            name="title"
            label={t('title_field')}
            rules={[{ required: true, max: 100, message: t('title_needed') }]}
          >
            <Input autoComplete="off" />
          </Form.Item>
        </Form>
      </div>
    </Modal>
  );
}
