import { DownOutlined } from '@ant-design/icons';
import { useNavigate } from '@tanstack/react-router';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Project } from '../../client/types';

type Props = { project: Project | undefined; projects: Project[] };

function Dot({ color }: { color?: string | null | undefined }) {
  return <span className="project-dot" style={{ background: color ?? 'var(--accent)' }} />;
}

export function ProjectSwitcher({ project, projects }: Props) {
  const { t } = useTranslation('nav');
  const navigate = useNavigate();
  const items = projects.map(({ name, title, color }) => ({
    key: name,
    icon: <Dot color={color} />,
    label: (
      <>
        {title || name} <code className="soft">{name}</code>
      </>
    ),
  }));
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items,
        selectedKeys: project ? [project.name] : [],
        onClick: ({ key }) => void navigate({ to: '/p/$project', params: { project: key } }),
      }}
    >
      <Button type="text" aria-label={t('switch_project')}>
        <Dot color={project?.color} />
        {project ? project.title || project.name : t('no_project')}
        <DownOutlined style={{ fontSize: 10 }} />
      </Button>
    </Dropdown>
  );
}
