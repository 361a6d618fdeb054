import { useEffect, useState } from 'react';
import { at } from './api';
import { useProject } from './place';
import { useThing } from './queries';
import type { DocumentEntry, Page } from './types';

const TYPING_MS = 250;
const SHOWN_MAX = 200;

/**
 * The flows of the project to choose one from. There may be thousands: the first ones are offered, and
 * what is typed is looked for by the server among all of them.
 */
export function useFlowChoices() {
  const [typed, setTyped] = useState('');
  const [query, setQuery] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setQuery(typed), TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const flows = useThing<Page<DocumentEntry>>(at('projects', useProject(), 'flows'), {
    query: { limit: SHOWN_MAX, query: query.trim() || undefined },
    keep: true,
  });
  return {
    flows: flows.data?.items ?? [],
    /** For a Select: it leaves the looking to the server, and begins anew when it closes. */
    search: {
      loading: flows.isFetching,
      showSearch: { filterOption: false, searchValue: typed, onSearch: setTyped },
      onOpenChange: (open: boolean) => open || setTyped(''),
    },
  };
}
