import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

/** The project in the address. */
export function useProject(): string {
  const { project } = useParams({ strict: false }) as { project?: string };
  return project ?? '';
}

export type Filters = Record<string, string>;

/** What a list is filtered by lives in the address, so a reload, a link or `back` keeps it. */
export function useFilters(): [Filters, (change: Filters) => void] {
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const navigate = useNavigate();
  const filters: Filters = {};
  for (const [key, value] of Object.entries(search)) filters[key] = String(value);
  const change = useCallback(
    (next: Filters) => {
      const merge = (old: Record<string, unknown>) => {
        const all = { ...old, ...next };
        return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
      };
      void navigate({ to: '.', search: merge as never, replace: true });
    },
    [navigate],
  );
  return [filters, change];
}

/** Where the browser keeps the project that was open last. */
export const LAST_PROJECT_KEY = 'mortise.project';
