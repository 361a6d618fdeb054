import { at } from './api';

export const runsPath = (project: string) => at('projects', project, 'runs');
export const runPath = (project: string, id: string, ...rest: string[]) =>
  at('projects', project, 'runs', id, ...rest);
