import { Tabs } from 'antd';
import { lazy, Suspense, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFilters, useProject } from '../client/place';
import { useMay } from '../client/session';
import { PageHeader } from '../components/PageHeader';
import { Loading } from './shell/Loading';

const Me = lazy(() =>
  import('../features/access/MeSection').then((file) => ({ default: file.MeSection })),
);
const Users = lazy(() =>
  import('../features/access/UsersSection').then((file) => ({ default: file.UsersSection })),
);
const Tokens = lazy(() =>
  import('../features/access/TokensSection').then((file) => ({ default: file.TokensSection })),
);
const Secrets = lazy(() =>
  import('../features/access/SecretsSection').then((file) => ({ default: file.SecretsSection })),
);
const Projects = lazy(() =>
  import('../features/projects/ProjectsSection').then((file) => ({
    default: file.ProjectsSection,
  })),
);
const Providers = lazy(() =>
  import('../features/access/providers/ProvidersSection').then((file) => ({
    default: file.ProvidersSection,
  })),
);
const Calendars = lazy(() =>
  import('../features/calendars/CalendarsSection').then((file) => ({
    default: file.CalendarsSection,
  })),
);

/** Settings of the account, the project and the server, one tab each. */
export function SettingsPage() {
  const { t } = useTranslation('settings');
  const [{ section = 'me' }, change] = useFilters();
  const everywhere = useMay('*', 'administrator');
  const inProject = useMay(useProject(), 'viewer');
  const sections: { key: string; page: ReactNode; shown: boolean }[] = [
    { key: 'me', page: <Me />, shown: true },
    { key: 'secrets', page: <Secrets />, shown: inProject },
    { key: 'tokens', page: <Tokens />, shown: true },
    { key: 'projects', page: <Projects />, shown: true },
    { key: 'calendars', page: <Calendars />, shown: true },
    { key: 'users', page: <Users />, shown: everywhere },
    { key: 'providers', page: <Providers />, shown: everywhere },
  ];
  return (
    <div className="stack">
      <PageHeader title={t('title')} />
      <Tabs
        activeKey={section}
        destroyOnHidden
        onChange={(next) => change({ section: next, query: '', calendar: '' })}
        items={sections
          .filter(({ shown }) => shown)
          .map(({ key, page }) => ({
            key,
            label: t(`section.${key}`),
            children: <Suspense fallback={<Loading />}>{page}</Suspense>,
          }))}
      />
    </div>
  );
}
