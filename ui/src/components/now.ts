import { useEffect, useState, useSyncExternalStore } from 'react';

/** How far the clock of the page may be behind. */
export const TICK_MS = 15_000;
const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function follow(tell: () => void) {
  // While nobody looked the clock stood still.
  if (listeners.size === 0 && Date.now() - now > 1_000) {
    now = Date.now();
    queueMicrotask(tell);
  }
  listeners.add(tell);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const listener of listeners) listener();
  }, TICK_MS);
  return () => {
    listeners.delete(tell);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The time, as one clock for the whole page: what says "3 minutes ago" grows old by itself. */
export function useNow(): number {
  return useSyncExternalStore(follow, () => now);
}

const SECOND_MS = 1_000;

/** The time to the second, while something is watched that goes on; it stands still when not. */
export function useSeconds(watched: boolean): number {
  const [at, setAt] = useState(Date.now);
  useEffect(() => {
    if (!watched) return undefined;
    const ticking = setInterval(() => setAt(Date.now()), SECOND_MS);
    return () => clearInterval(ticking);
  }, [watched]);
  return at;
}
