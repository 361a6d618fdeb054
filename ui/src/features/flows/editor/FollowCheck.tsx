import { useEffect } from 'react';
import { api } from '../../../client/api';
import { OfflineError } from '../../../client/problem';
import { useSession } from '../../../client/session';
import type { FlowCheck } from '../../../client/types';
import { useEditor, useEditorStore } from './editorContext';
import { flowPaths } from '../flowPaths';

const PAUSE_MS = 400;
const AWAY_MS = 5_000;

/**
 * Asks the server what is wrong with the draft whenever typing pauses, and draws nothing. A flow that
 * was just begun has nothing in it that could be wrong.
 */
export function FollowCheck() {
  const store = useEditorStore();
  const text = useEditor((editor) => editor.read);
  const broken = useEditor((editor) => editor.broken.length > 0);
  const blank = useEditor((editor) => editor.flow.blank);
  // What was refused because nobody was signed in is asked again.
  const session = useSession()?.state;
  useEffect(() => {
    if (broken || blank) return undefined;
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    const ask = async () => {
      const { project, name, show } = store.getState();
      try {
        const result = await api.post<FlowCheck>(
          flowPaths(project, name).check,
          { name, text },
          { signal: stop.signal },
        );
        show({ check: { text, result }, checked: { text } });
      } catch (failed) {
        if (stop.signal.aborted) return;
        show({ checked: { text, failed } });
        // A server that was away comes back, and nobody types anything for it.
        if (failed instanceof OfflineError) timer = setTimeout(ask, AWAY_MS);
      }
    };
    timer = setTimeout(ask, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [text, broken, blank, session, store]);
  return null;
}
