/** What another system sent the browser back with, after a person was asked for consent there. */
export type Returned = { state: string; code: string; error: string; error_description: string };

export const CONSENT_PATH = '/consent';

export function returnedOf(path: string, search: string): Returned | undefined {
  // Read as it stands: a router would take a code of digits for a number.
  const given = new URLSearchParams(search);
  if (path !== CONSENT_PATH || !given.has('state')) return undefined;
  const text = (name: string) => given.get(name) ?? '';
  return {
    state: text('state'),
    code: text('code'),
    error: text('error'),
    error_description: text('error_description'),
  };
}

function hold(): Returned | undefined {
  if (typeof window === 'undefined') return undefined;
  const { pathname, search } = window.location;
  const found = returnedOf(pathname, search);
  // A code has no business in the history, nor in an address that is copied.
  if (found) window.history.replaceState(null, '', CONSENT_PATH);
  return found;
}

// Before anything else reads the address: `main` imports this file first.
let held = hold();

/** Gives it once. */
export function takeReturned(): Returned | undefined {
  const taken = held;
  held = undefined;
  return taken;
}
