import { useNavigate } from '@tanstack/react-router';
import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, at } from '../../client/api';
import { useSend } from '../../client/queries';
import type { Project } from '../../client/types';
import { Failure } from '../../components/Failure';
import { ColorChoice } from './ColorChoice';
import { COLORS } from './colors';

type Values = { name: string; title?: string; color?: string };
type Props = { project?: Project; onDone?: () => void };
const EXAMPLE = 'sales';
const NAME = /^[a-z0-9][a-z0-9_-]*$/;

/** Makes a project and opens it, or changes how one is called and coloured. */
export function ProjectForm({ project, onDone }: Props) {
  const { t } = useTranslation('projects');
  const navigate = useNavigate();
  const send = useSend(
    ({ name, title, color }: Values) =>
      project
        ? api.patch<Project>(at('projects', project.name), { title, color })
        : api.post<Project>(at('projects'), { name, title: title || name, color }),
    at('projects'),
  );
  const finish = (values: Values) =>
    send.mutate(values, {
      onSuccess: () => {
        onDone?.();
        if (!project) void navigate({ to: '/p/$project', params: { project: values.name } });
      },
    });
  return (
    <Form<Values>
      layout="vertical"
      requiredMark={false}
      initialValues={project ?? { color: COLORS[0] }}
      onFinish={finish}
    >
      <Failure error={send.error} />
      <Form.Item
        name="name"
        label={t('name')}
        extra={t('name_hint')}
        hidden={project !== undefined}
        rules={[{ required: true, pattern: NAME, message: t('name_rule') }]}
      >
        <Input className="code" autoFocus autoComplete="off" placeholder={EXAMPLE} />
      </Form.Item>
      <Form.Item name="title" label={t('title')}>
        <Input autoComplete="off" placeholder={t('title_example')} />
      </Form.Item>
      <Form.Item name="color" label={t('color')} extra={t('color_hint')}>
        <ColorChoice />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={send.isPending}>
        {project ? t('common:action.save') : t('make')}
      </Button>
    </Form>
  );
}
