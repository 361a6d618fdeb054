import { Link } from '@tanstack/react-router';
import { Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, at, etagOf } from '../../client/api';
import { useProject } from '../../client/place';
import { useSend } from '../../client/queries';
import type { DocumentKind, Renamed } from '../../client/types';
import { Failure } from '../Failure';
import { useNotice } from '../useNotice';
import { RenameUses } from './RenameUses';
import './rename.css';

type Props = {
  kind: DocumentKind;
  name: string;
  onClose: () => void;
  onRenamed?: (name: string) => void;
};

/** The server's rule for names; it has the last word. */
const NAME = /^[\p{L}\p{N}][\p{L}\p{N}_-]*$/u;

function Left({ references }: { references: Renamed['references'] }) {
  const { t } = useTranslation('common');
  const project = useProject();
  return (
    <div className="stack tight" role="status">
      <span>{t('rename.left')}</span>
      <ul className="plain-list">
        {references.map(({ name, problems }) => (
          <li key={name}>
            <Link to="/p/$project/flows/$name" params={{ project, name }}>
              {name}
            </Link>
            <div className="soft">{problems[0]?.message}</div>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Gives a flow or a connection another name: what changes with it is told before, what could not after. */
export function RenameDialog({ kind, name, onClose, onRenamed }: Props) {
  const { t } = useTranslation('common');
  const list = at('projects', useProject(), kind);
  const path = `${list}/${encodeURIComponent(name)}`;
  const [form] = Form.useForm<{ name: string }>();
  const { done } = useNotice();
  const send = useSend(
    async (to: string) => {
      // A rename is a POST, which carries no tag by itself.
      await api.get(path);
      return api.post<Renamed>(`${path}/rename`, { name: to }, { etag: etagOf(path) ?? '' });
    },
    list,
    at('projects', useProject(), 'flows'),
    at('projects', useProject(), 'schedules'),
    at('projects', useProject(), 'rules'),
  );
  const left = send.data?.references ?? [];
  const rename = (to: string) =>
    send.mutate(to, {
      onSuccess: ({ references, changed }) => {
        const count = changed.length;
        done(count > 0 ? t('rename.done_with', { count }) : t('rename.done'));
        onRenamed?.(to);
        if (references.length === 0) onClose();
      },
    });
  return (
    <Modal
      open
      title={t('rename.title', { name })}
      okText={left.length > 0 ? t('action.close') : t('action.rename')}
      cancelText={t('action.cancel')}
      confirmLoading={send.isPending}
      onOk={() => (left.length > 0 ? onClose() : form.submit())}
      onCancel={onClose}
      {...(left.length > 0 ? { cancelButtonProps: { style: { display: 'none' } } } : {})}
    >
      <div className="stack">
        <Failure error={send.error} />
        {left.length > 0 ? (
          <Left references={left} />
        ) : (
          <Form
            form={form}
            layout="vertical"
            requiredMark={false}
            initialValues={{ name }}
            onFinish={({ name: to }) => (to === name ? onClose() : rename(to))}
          >
            <Form.Item
              name="name"
              label={t('rename.name')}
              extra={t(`rename.hint_${kind}`)}
              rules={[{ required: true, pattern: NAME, message: t('rename.rule') }]}
            >
              <Input autoFocus autoComplete="off" spellCheck={false} />
            </Form.Item>
            {/* Once the name is another, nobody asks for the old one any more. */}
            {kind === 'connections' && (send.isIdle || send.isError) && <RenameUses name={name} />}
          </Form>
        )}
      </div>
    </Modal>
  );
}
