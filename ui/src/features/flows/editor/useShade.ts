import { useSyncExternalStore } from 'react';

function follow(tell: () => void) {
  const watch = new MutationObserver(tell);
  watch.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => watch.disconnect();
}

/** The shade the studio has put on its root, for what cannot be coloured by variables alone. */
export function useShade(): 'light' | 'dark' {
  return useSyncExternalStore(follow, () =>
    document.documentElement.dataset['theme'] === 'dark' ? 'dark' : 'light',
  );
}
