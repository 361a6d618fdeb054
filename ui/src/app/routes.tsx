import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  lazyRouteComponent as page,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { sessionQuery } from '../client/session';
import type { Session } from '../client/types';
import { Shell } from './shell/Shell';

type Context = { queryClient: QueryClient };
type Search = Record<string, string>;

const search = (raw: Record<string, unknown>): Search =>
  Object.fromEntries(Object.entries(raw).map(([key, value]) => [key, String(value)]));

async function stateOf({ queryClient }: Context): Promise<Session['state']> {
  return (await queryClient.ensureQueryData(sessionQuery)).state;
}

const root = createRootRouteWithContext<Context>()({ component: Outlet, validateSearch: search });

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  beforeLoad: async ({ context }) => {
    if ((await stateOf(context)) !== 'setup') throw redirect({ to: '/' });
  },
  component: page(() => import('../features/access/SetupPage'), 'SetupPage'),
});

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  beforeLoad: async ({ context }) => {
    if ((await stateOf(context)) === 'setup') throw redirect({ to: '/setup' });
  },
  component: page(() => import('../features/access/LoginPage'), 'LoginPage'),
});

const consent = createRoute({
  getParentRoute: () => root,
  path: '/consent',
  beforeLoad: async ({ context }) => {
    await stateOf(context);
  },
  component: page(() => import('../features/connections/ConsentPage'), 'ConsentPage'),
});

const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  beforeLoad: async ({ context, location }) => {
    const state = await stateOf(context);
    if (state === 'setup') throw redirect({ to: '/setup' });
    if (state === 'anonymous') throw redirect({ to: '/login', search: { to: location.href } });
  },
  component: Shell,
});

const start = createRoute({
  getParentRoute: () => inside,
  path: '/',
  component: page(() => import('../features/projects/StartPage'), 'StartPage'),
});

const project = createRoute({
  getParentRoute: () => inside,
  path: '/p/$project',
  component: Outlet,
});
const under = () => project;

const home = createRoute({
  getParentRoute: under,
  path: '/',
  component: page(() => import('../features/home/HomePage'), 'HomePage'),
});
const connections = createRoute({
  getParentRoute: under,
  path: '/connections',
  component: page(() => import('../features/connections/ConnectionsPage'), 'ConnectionsPage'),
});
const newConnection = createRoute({
  getParentRoute: under,
  path: '/connections/new/$type',
  component: page(() => import('../features/connections/NewConnectionPage'), 'NewConnectionPage'),
});
const connection = createRoute({
  getParentRoute: under,
  path: '/connections/$name',
  component: page(() => import('../features/connections/ConnectionPage'), 'ConnectionPage'),
});
const flows = createRoute({
  getParentRoute: under,
  path: '/flows',
  component: page(() => import('../features/flows/FlowsPage'), 'FlowsPage'),
});
const flow = createRoute({
  getParentRoute: under,
  path: '/flows/$name',
  component: page(() => import('../features/flows/FlowPage'), 'FlowPage'),
});
const move = createRoute({
  getParentRoute: under,
  path: '/move',
  component: page(() => import('../features/moves/MovePage'), 'MovePage'),
});
const runs = createRoute({
  getParentRoute: under,
  path: '/runs',
  component: page(() => import('../features/runs/RunsPage'), 'RunsPage'),
});
const run = createRoute({
  getParentRoute: under,
  path: '/runs/$id',
  component: page(() => import('../features/runs/RunPage'), 'RunPage'),
});
const rejects = createRoute({
  getParentRoute: under,
  path: '/rejects',
  component: page(() => import('../features/rejects/RejectsPage'), 'RejectsPage'),
});
const schedules = createRoute({
  getParentRoute: under,
  path: '/schedules',
  component: page(() => import('../features/schedules/SchedulesPage'), 'SchedulesPage'),
});
const alerts = createRoute({
  getParentRoute: under,
  path: '/alerts',
  component: page(() => import('../features/alerts/AlertsPage'), 'AlertsPage'),
});
const audit = createRoute({
  getParentRoute: under,
  path: '/audit',
  component: page(() => import('../features/audit/AuditPage'), 'AuditPage'),
});
const settings = createRoute({
  getParentRoute: under,
  path: '/settings',
  component: page(() => import('./SettingsPage'), 'SettingsPage'),
});

export const tree = root.addChildren([
  setup,
  login,
  consent,
  inside.addChildren([
    start,
    project.addChildren([
      home,
      connections,
      newConnection,
      connection,
      flows,
      flow,
      move,
      runs,
      run,
      rejects,
      schedules,
      alerts,
      audit,
      settings,
    ]),
  ]),
]);
