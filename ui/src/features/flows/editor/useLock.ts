import { useCallback, useEffect, useRef, useState } from 'react';
import { api, ProblemError } from '../../../client/api';
import type { Lock } from '../../../client/types';
import { useEditorStore } from './editorContext';
import { flowPaths } from '../flowPaths';
import { catchUp } from './saveDraft';

const RENEW_MS = 25_000;
const LOCKED = 423;

/** Whether a call failed because another person edits. */
export function isLockedOut(error: unknown): error is ProblemError {
  return error instanceof ProblemError && error.status === LOCKED;
}

export type LockState =
  /** `barred`: the role does not reach so far. */
  { state: 'asking' | 'ours' | 'unknown' | 'barred' } | { state: 'theirs'; holder: string };

/** The sentence names the document first and who edits it last, in whatever language. */
function holderOf(error: ProblemError): string {
  const message = error.problems[0]?.message ?? '';
  return [...message.matchAll(/'([^']+)'/g)].at(-1)?.[1] ?? message;
}

/** Holds the edit lock while the page is open; the page is read only while somebody else has it. */
export function useLock(mayEdit: boolean) {
  const store = useEditorStore();
  const [lock, setLock] = useState<LockState>({ state: mayEdit ? 'asking' : 'barred' });
  // While another person edits, and when they are done, the text here may be an old one.
  const waited = useRef(false);
  const { project, name } = store.getState();
  const path = flowPaths(project, name).lock;
  const ask = useCallback(
    async (takeOver = false) => {
      try {
        const query = takeOver ? { take_over: true } : {};
        await api.put<Lock>(path, {}, { query });
        if (waited.current) await catchUp(store).catch(() => false);
        waited.current = false;
        setLock({ state: 'ours' });
        store.getState().show({ locked: false });
      } catch (error) {
        const theirs = isLockedOut(error);
        if (theirs) await catchUp(store).catch(() => false);
        waited.current ||= theirs;
        // A lock that cannot be asked for does not stop anybody: the save still compares tags.
        setLock(theirs ? { state: 'theirs', holder: holderOf(error) } : { state: 'unknown' });
        store.getState().show({ locked: theirs });
      }
    },
    [path, store],
  );
  useEffect(() => {
    if (!mayEdit) {
      store.getState().show({ locked: true });
      return undefined;
    }
    const first = setTimeout(() => void ask(), 0);
    const timer = setInterval(() => void ask(), RENEW_MS);
    return () => {
      clearTimeout(first);
      clearInterval(timer);
      void api.remove(path).catch(() => undefined);
    };
  }, [ask, mayEdit, path, store]);
  return { lock, ask };
}
