import { at } from '../../client/api';

export const rejectsPath = (project: string, flow: string, ...rest: string[]) =>
  at('projects', project, 'flows', flow, 'rejects', ...rest);
