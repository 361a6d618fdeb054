import { QueryCache, QueryClient } from '@tanstack/react-query';
import { onSignedOut } from '../client/api';
import { OfflineError, ProblemError } from '../client/problem';
import { SESSION_PATH } from '../client/session';
import type { Session } from '../client/types';
import { useReach } from './shell/reach';

const RETRIES_MAX = 2;

/** A refusal with a reason will not change by asking again; a silent server may come back. */
function again(failures: number, error: unknown): boolean {
  if (error instanceof ProblemError && error.status < 500) return false;
  return failures < RETRIES_MAX;
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error) => useReach.getState().say(!(error instanceof OfflineError)),
    onSuccess: () => useReach.getState().say(true),
  }),
  defaultOptions: {
    queries: { retry: again, staleTime: 10_000, refetchOnWindowFocus: true },
    mutations: { retry: false },
  },
});

onSignedOut(() => {
  queryClient.setQueryData<Session>([SESSION_PATH], (old) => ({ ...old, state: 'anonymous' }));
});
