import { at } from '../../client/api';

/** Addresses of the API for one flow. */
export function flowPaths(project: string, name: string) {
  return {
    flow: at('projects', project, 'flows', name),
    layout: at('projects', project, 'flows', name, 'layout'),
    lock: at('projects', project, 'flows', name, 'lock'),
    publish: at('projects', project, 'flows', name, 'publish'),
    revisions: at('projects', project, 'flows', name, 'revisions'),
    revert: at('projects', project, 'flows', name, 'revert'),
    check: at('projects', project, 'flows', 'check'),
    preview: at('projects', project, 'flows', 'preview'),
    runs: at('projects', project, 'runs'),
  };
}
