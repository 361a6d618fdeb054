import { useEffect, useRef, useState } from 'react';
import { EventReader, type ServerEvent } from './sse';

const WAIT_FIRST_MS = 1_000;
const WAIT_MAX_MS = 15_000;

type Follow = {
  path: string;
  signal: AbortSignal;
  onEvent: (event: ServerEvent) => void;
  onOpen: (open: boolean) => void;
};

function pause(millis: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, millis);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
}

async function readOnce(follow: Follow, last: string | undefined): Promise<string | undefined> {
  const headers: Record<string, string> = { Accept: 'text/event-stream' };
  if (document.documentElement?.lang) headers['Accept-Language'] = document.documentElement.lang;
  if (last) headers['Last-Event-ID'] = last;
  const response = await fetch(follow.path, { headers, signal: follow.signal });
  if (!response.ok || !response.body) throw new Error(`events answered ${response.status}`);
  follow.onOpen(true);
  const chunks = response.body.pipeThrough(new TextDecoderStream()).getReader();
  const reader = new EventReader();
  let seen = last;
  try {
    for (;;) {
      const { done, value } = await chunks.read();
      if (done) return seen;
      for (const event of reader.read(value)) {
        seen = event.id ?? seen;
        follow.onEvent(event);
      }
    }
  } catch {
    return seen; // cut midway: go on after the last event that arrived whole
  }
}

async function keepReading(follow: Follow) {
  let last: string | undefined;
  let wait = WAIT_FIRST_MS;
  while (!follow.signal.aborted) {
    try {
      last = await readOnce(follow, last);
      wait = WAIT_FIRST_MS;
    } catch {
      wait = Math.min(wait * 2, WAIT_MAX_MS);
    }
    follow.onOpen(false);
    await pause(wait, follow.signal);
  }
}

/**
 * Follows an event stream while the page is shown. It connects again by itself and goes on after the
 * last event seen; read by `fetch`, as `EventSource` gives up for good on the first refusal.
 */
export function useEvents(
  path: string | undefined,
  onEvent: (event: string, data: unknown) => void,
): { open: boolean } {
  const [open, setOpen] = useState(false);
  const latest = useRef(onEvent);
  useEffect(() => {
    latest.current = onEvent;
  });
  useEffect(() => {
    if (!path) return undefined;
    const stop = new AbortController();
    void keepReading({
      path,
      signal: stop.signal,
      onOpen: (now) => !stop.signal.aborted && setOpen(now),
      onEvent: ({ event, data }) => {
        try {
          latest.current(event, JSON.parse(data));
        } catch {
          latest.current(event, data);
        }
      },
    });
    return () => stop.abort();
  }, [path]);
  return { open: open && path !== undefined };
}
