import { at } from '../../client/api';

export const channelsPath = (project: string, ...rest: string[]) =>
  at('projects', project, 'channels', ...rest);
export const rulesPath = (project: string, ...rest: string[]) =>
  at('projects', project, 'rules', ...rest);
export const incidentsPath = (project: string, ...rest: string[]) =>
  at('projects', project, 'incidents', ...rest);
/** The run an incident leads to, by the address its messages carry. */
export const runOf = (link: string | null | undefined) => /\/runs\/([\w-]+)$/.exec(link ?? '')?.[1];

export const maintenancePath = (project: string) => at('projects', project, 'maintenance');
