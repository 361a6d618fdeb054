import { useEffect, useSyncExternalStore } from 'react';
import { usePreferences } from '../../client/preferences';
import { applyShade, type Shade } from './tokens';

const dark = window.matchMedia('(prefers-color-scheme: dark)');

function follow(tell: () => void) {
  dark.addEventListener('change', tell);
  return () => dark.removeEventListener('change', tell);
}

/** Light or dark: the one forced by choice, otherwise the system's, followed as it changes. */
export function useShade(): Shade {
  const choice = usePreferences((preferences) => preferences.theme);
  const system = useSyncExternalStore(follow, () => dark.matches);
  const shade = choice === 'system' ? (system ? 'dark' : 'light') : choice;
  useEffect(() => applyShade(shade), [shade]);
  return shade;
}
