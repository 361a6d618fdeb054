import { Outlet, useNavigate } from '@tanstack/react-router';
import { Layout } from 'antd';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { at } from '../../client/api';
import { useProject } from '../../client/place';
import { usePreferences } from '../../client/preferences';
import { useThing } from '../../client/queries';
import { useSession } from '../../client/session';
import type { Page, Project } from '../../client/types';
import { Header } from './Header';
import { NotFoundPage } from './NotFoundPage';
import { OfflineBanner } from './OfflineBanner';
import { rememberProject } from './remember';
import { SideMenu } from './SideMenu';
import './shell.css';

const Palette = lazy(() => import('./palette/CommandPalette'));

/** Takes over the language and the theme the account chose, once, after the login. */
function useChoicesOf(session: ReturnType<typeof useSession>) {
  const language = session?.principal?.language;
  const theme = session?.principal?.theme;
  useEffect(() => {
    if (language) usePreferences.getState().setLanguage(language);
  }, [language]);
  useEffect(() => {
    if (theme) usePreferences.getState().setTheme(theme);
  }, [theme]);
}

function useShortcut(act: () => void) {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [act]);
}

/** Header, menu and the page between them; leads to the login when the session has ended. */
export function Shell() {
  const { t } = useTranslation('nav');
  const session = useSession();
  const navigate = useNavigate();
  const name = useProject();
  const [searching, setSearching] = useState(false);
  const projects = useThing<Page<Project>>(at('projects'));
  const project = projects.data?.items.find((one) => one.name === name);
  useChoicesOf(session);
  useShortcut(() => setSearching(true));
  useEffect(() => {
    if (session?.state === 'anonymous') {
      const to = window.location.pathname + window.location.search;
      void navigate({ to: '/login', search: { to } });
    }
  }, [session?.state, navigate]);
  useEffect(() => {
    if (project) rememberProject(project.name);
  }, [project]);
  const missing = Boolean(name && projects.data && !project);
  return (
    <Layout className="shell">
      <a className="skip" href="#page">
        {t('skip')}
      </a>
      <OfflineBanner />
      <Header
        project={project}
        projects={projects.data?.items ?? []}
        onSearch={() => setSearching(true)}
      />
      <Layout hasSider>
        {project && (
          <Layout.Sider width={196} breakpoint="lg" collapsedWidth={56} className="shell-side">
            <SideMenu project={project.name} />
          </Layout.Sider>
        )}
        <Layout.Content className="shell-page">
          <div id="page" tabIndex={-1}>
            {missing ? <NotFoundPage /> : <Outlet />}
          </div>
        </Layout.Content>
      </Layout>
      {searching && (
        <Suspense fallback={null}>
          <Palette project={project?.name} onClose={() => setSearching(false)} />
        </Suspense>
      )}
    </Layout>
  );
}
