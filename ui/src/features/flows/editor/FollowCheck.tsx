import { useEffect } from 'react';
import { api } from '../../../client/api';
import { useSession } from '../../../client/session';
import type { FlowCheck } from '../../../client/types';
import { useEditor, useEditorStore } from './editorContext';
import { flowPaths } from '../flowPaths';

const PAUSE_MS = 400;

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
    const timer = setTimeout(async () => {
      const { project, name, show } = store.getState();
      try {
        const result = await api.post<FlowCheck>(
          flowPaths(project, name).check,
          { name, text },
          { signal: stop.signal },
        );
        show({ check: { text, result }, checked: { text } });
      } catch (failed) {
        if (!stop.signal.aborted) show({ checked: { text, failed } });
      }
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [text, broken, blank, session, store]);
  return null;
}
