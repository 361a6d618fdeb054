import { Button, Drawer, Form, type FormInstance } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Failure } from './Failure';

type Props<V> = {
  title: string;
  /** For those who watch its fields. */
  form?: FormInstance<V>;
  values: Partial<V>;
  /** When the values were fetched; newer ones begin the form anew. */
  fetchedAt: number;
  saving: boolean;
  mayNot?: boolean;
  error: unknown;
  onSave: (values: V) => void;
  onClose: () => void;
  children: ReactNode;
};

/** A form of one thing at the side of its list, with what went wrong above and its button below. */
export function FormDrawer<V extends object>(props: Props<V>) {
  const { t } = useTranslation('common');
  const [form] = Form.useForm<V>(props.form);
  return (
    <Drawer
      open
      size={620}
      title={props.title}
      onClose={props.onClose}
      footer={
        <Button
          type="primary"
          disabled={props.mayNot ?? false}
          loading={props.saving}
          onClick={() => form.submit()}
        >
          {t('action.save')}
        </Button>
      }
    >
      <div className="stack">
        <Failure error={props.error} />
        <Form<V>
          key={props.fetchedAt}
          form={form}
          layout="vertical"
          requiredMark={false}
          initialValues={props.values}
          onFinish={props.onSave}
        >
          {props.children}
        </Form>
      </div>
    </Drawer>
  );
}
