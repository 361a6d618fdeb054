import { useQuery } from '@tanstack/react-query';
import { api } from './api';
import type { Role, Session } from './types';

export const SESSION_PATH = '/api/session';
const LADDER: Role[] = ['viewer', 'operator', 'developer', 'administrator'];

export const sessionQuery = {
  queryKey: [SESSION_PATH],
  queryFn: () => api.get<Session>(SESSION_PATH),
  staleTime: 60_000,
};

export function useSession(): Session | undefined {
  return useQuery(sessionQuery).data;
}

/** Whether grants reach a role in a project; a grant on `*` counts everywhere. */
export function reaches(grants: Session['grants'], project: string, needed: Role): boolean {
  const held = [grants?.['*'], grants?.[project]];
  return held.some((role) => role && LADDER.indexOf(role) >= LADDER.indexOf(needed));
}

/** May the one who is signed in do what needs this role? The server decides; this only greys out. */
export function useMay(project: string, needed: Role): boolean {
  return reaches(useSession()?.grants, project, needed);
}
