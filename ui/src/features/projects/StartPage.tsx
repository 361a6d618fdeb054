import { Navigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { at } from '../../client/api';
import { LAST_PROJECT_KEY } from '../../client/place';
import { useThing } from '../../client/queries';
import type { Page, Project } from '../../client/types';
import { EmptyHint } from '../../components/EmptyHint';
import { Failure } from '../../components/Failure';
import { useMay } from '../../client/session';
import { ProjectForm } from './ProjectForm';

function lastOpened(): string | null {
  try {
    return localStorage.getItem(LAST_PROJECT_KEY);
  } catch {
    return null;
  }
}

/** Opens the project of last time; where there is none yet, makes the first. */
export function StartPage() {
  const { t } = useTranslation('projects');
  const mayMake = useMay('*', 'administrator');
  const projects = useThing<Page<Project>>(at('projects'));
  if (projects.error) return <Failure error={projects.error} />;
  if (!projects.data) return null;
  const { items } = projects.data;
  const last = lastOpened();
  const open = items.find(({ name }) => name === last) ?? items[0];
  if (open) return <Navigate to="/p/$project" params={{ project: open.name }} replace />;
  if (!mayMake) return <EmptyHint title={t('none_granted')} hint={t('none_granted_hint')} />;
  return (
    <div className="panel" style={{ maxWidth: 480, margin: '8vh auto' }}>
      <h1 style={{ fontSize: 20 }}>{t('first')}</h1>
      <p className="soft">{t('first_hint')}</p>
      <ProjectForm />
    </div>
  );
}
