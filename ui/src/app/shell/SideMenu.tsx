import { Link, useRouterState } from '@tanstack/react-router';
import { Menu } from 'antd';
import { useTranslation } from 'react-i18next';
import { PAGES } from './pages';

/** Which page of the menu an address belongs to. */
export function pageOf(path: string): string {
  return path.split('/')[3] || 'home';
}

export function SideMenu({ project }: { project: string }) {
  const { t } = useTranslation('nav');
  const path = useRouterState({ select: (state) => state.location.pathname });
  return (
    <nav aria-label={t('menu')}>
      <Menu
        mode="inline"
        selectedKeys={[pageOf(path)]}
        items={PAGES.map(({ key, to, icon }) => ({
          key,
          icon,
          label: (
            <Link to={to} params={{ project }}>
              {t(`page.${key}`)}
            </Link>
          ),
        }))}
      />
    </nav>
  );
}
