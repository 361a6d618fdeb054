import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useRouter } from '@tanstack/react-router';
import { SESSION_PATH } from '../../client/session';
import type { Session } from '../../client/types';

/** Only a path of our own is followed after the login, never an address that came with a link. */
export function safePath(to: string | undefined): string {
  if (!to || !to.startsWith('/') || to.startsWith('//') || to.startsWith('/\\')) return '/';
  return to.startsWith('/login') || to.startsWith('/setup') ? '/' : to;
}

/** Takes a session over and goes where the person wanted to go. */
export function useEnter(): (session: Session, to?: string) => Promise<void> {
  const client = useQueryClient();
  const router = useRouter();
  const navigate = useNavigate();
  return async (session, to) => {
    client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION_PATH });
    client.setQueryData([SESSION_PATH], session);
    await router.invalidate();
    await navigate({ href: safePath(to) });
  };
}
