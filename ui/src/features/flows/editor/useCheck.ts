import { useEffect, useState } from 'react';
import { api } from '../../../client/api';
import type { FlowCheck } from '../../../client/types';
import { useEditor, useEditorStore } from './editorContext';
import { flowPaths } from '../flowPaths';

const PAUSE_MS = 600;

/**
 * Asks the server what is wrong with the draft whenever typing pauses. A flow that was just begun has
 * nothing in it that could be wrong.
 */
export function useCheck(): { checking: boolean; failed: unknown } {
  const store = useEditorStore();
  const text = useEditor((editor) => editor.history.present.text);
  const broken = useEditor((editor) => editor.broken.length > 0);
  const blank = useEditor((editor) => editor.flow.blank);
  const [state, setState] = useState<{ text: string; failed?: unknown }>({ text: '' });
  useEffect(() => {
    if (broken || blank) return undefined;
    const stop = new AbortController();
    const timer = setTimeout(async () => {
      const { project, name } = store.getState();
      try {
        const result = await api.post<FlowCheck>(
          flowPaths(project, name).check,
          { name, text },
          { signal: stop.signal },
        );
        store.getState().show({ check: { text, result } });
        setState({ text });
      } catch (failed) {
        if (!stop.signal.aborted) setState({ text, failed });
      }
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [text, broken, blank, store]);
  return { checking: !broken && !blank && state.text !== text, failed: state.failed };
}
