import { at } from '../../client/api';

export const connectionsPath = (project: string) => at('projects', project, 'connections');
export const connectionPath = (project: string, name: string, ...rest: string[]) =>
  at('projects', project, 'connections', name, ...rest);
