import { createRouter } from '@tanstack/react-router';
import { queryClient } from './queryClient';
import { tree } from './routes';
import { CrashPage } from './shell/CrashPage';
import { NotFoundPage } from './shell/NotFoundPage';
import { Loading } from './shell/Loading';

export const router = createRouter({
  routeTree: tree,
  context: { queryClient },
  defaultPreload: 'intent',
  defaultPendingComponent: Loading,
  defaultErrorComponent: CrashPage,
  defaultNotFoundComponent: NotFoundPage,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
