import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useCallback } from 'react';
import { api, type Query } from './api';
import type { Page } from './types';

export const PAGE_ROWS = 50;

type ThingOptions = {
  query?: Query;
  enabled?: boolean;
  every?: number;
  once?: boolean;
  /** Shows what another query gave until this one has. */
  keep?: boolean;
};

/** For forms: read when opened and then left alone, so that nothing is changed under the hands. */
const ONCE = {
  staleTime: Infinity,
  gcTime: 0,
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
};

/** One thing of the API, kept under its address. */
export function useThing<T>(
  path: string,
  { query, enabled, every, once, keep }: ThingOptions = {},
) {
  return useQuery({
    queryKey: [path, 'thing', query ?? {}],
    queryFn: ({ signal }) => api.get<T>(path, { signal, ...(query ? { query } : {}) }),
    enabled: enabled ?? true,
    ...(every ? { refetchInterval: every } : {}),
    ...(once ? ONCE : {}),
    ...(keep ? { placeholderData: keepPreviousData } : {}),
  });
}

/** A list that is fetched page after page; the cursor is the server's. */
export function useList<T, P extends Page<T> = Page<T>>(
  path: string,
  { query, enabled, every }: ThingOptions = {},
) {
  const list = useInfiniteQuery({
    queryKey: [path, 'list', query ?? {}],
    queryFn: ({ signal, pageParam }) =>
      api.get<P>(path, {
        signal,
        query: { limit: PAGE_ROWS, ...query, after: pageParam || undefined },
      }),
    initialPageParam: '',
    getNextPageParam: (last: P) => last.next ?? undefined,
    placeholderData: keepPreviousData,
    enabled: enabled ?? true,
    ...(every ? { refetchInterval: every } : {}),
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return { ...list, items, first: list.data?.pages[0] };
}

export type Listing<T> = {
  items: T[];
  isPending: boolean;
  isFetching: boolean;
  error: unknown;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
  refetch: () => unknown;
};

/** Marks everything under the addresses as stale, lists and things below them too. */
export function useRefresh() {
  const client = useQueryClient();
  return useCallback(
    (...paths: string[]) =>
      client.invalidateQueries({
        predicate: ({ queryKey: [head] }) =>
          paths.some(
            (path) => head === path || (typeof head === 'string' && head.startsWith(`${path}/`)),
          ),
      }),
    [client],
  );
}

/** A write, after which the lists it changes are fetched again. */
export function useSend<V, R>(act: (value: V) => Promise<R>, ...stale: string[]) {
  const refresh = useRefresh();
  return useMutation<R, unknown, V>({
    mutationFn: act,
    onSuccess: async () => {
      if (stale.length > 0) await refresh(...stale);
    },
  });
}
