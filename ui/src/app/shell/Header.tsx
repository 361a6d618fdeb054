import { SearchOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Project } from '../../client/types';
import { JointMark } from '../../components/JointMark';
import { LanguageSwitch, ThemeSwitch } from './Switches';
import { ProjectSwitcher } from './ProjectSwitcher';
import { UserMenu } from './UserMenu';

type Props = { project: Project | undefined; projects: Project[]; onSearch: () => void };

const apple = /Mac|iPhone|iPad/.test(navigator.platform);

/** The bar on top. Its upper edge carries the project's colour, so that nobody mistakes production. */
export function Header({ project, projects, onSearch }: Props) {
  const { t } = useTranslation('nav');
  return (
    <header
      className="shell-header"
      style={{ borderTopColor: project?.color ?? 'var(--accent)' }}
      aria-label={t('header')}
    >
      <Link to="/" className="shell-brand" aria-label={t('brand')}>
        <JointMark />
        <span>{t('brand')}</span>
      </Link>
      <ProjectSwitcher project={project} projects={projects} />
      <div className="grow" />
      <Button onClick={onSearch} icon={<SearchOutlined />} className="shell-search">
        <span className="soft">{t('search')}</span>
        <kbd>{apple ? '⌘ K' : 'Ctrl K'}</kbd>
      </Button>
      <LanguageSwitch />
      <ThemeSwitch />
      <UserMenu project={project} />
    </header>
  );
}
