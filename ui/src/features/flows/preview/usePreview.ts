import { useCallback, useEffect, useRef, useState } from 'react';
import { api } from '../../../client/api';
import { at } from '../../../client/api';
import type { Preview } from '../../../client/types';
import { upstream, graphOf } from '../../../canvas/graph';
import { useEditorStore } from '../editor/editorContext';
import type { Editor } from '../editor/editorStore';
import { flowPaths } from '../flowPaths';

const ROWS = 100;

function pinsFor(editor: Editor, step: string) {
  const above = upstream(graphOf(editor.flow), step);
  const pins = [...editor.pins].filter(([name]) => above.has(name));
  return Object.fromEntries(pins.map(([name, { columns, rows }]) => [name, { columns, rows }]));
}

type State = { step: string; running: boolean; failed?: unknown };

/** Fetches rows of a step, one request at a time; a newer one and `stop` cancel at the source too. */
export function usePreview() {
  const store = useEditorStore();
  const [state, setState] = useState<State>({ step: '', running: false });
  const current = useRef<{ id: string; stop: AbortController }>(undefined);
  const stop = useCallback(() => {
    const running = current.current;
    if (!running) return;
    current.current = undefined;
    running.stop.abort();
    const { project } = store.getState();
    void api.remove(at('projects', project, 'previews', running.id)).catch(() => undefined);
    setState((before) => ({ ...before, running: false }));
  }, [store]);
  useEffect(() => stop, [stop]);
  const fetchRows = useCallback(
    async (step: string) => {
      stop();
      store.getState().settle();
      const editor = store.getState();
      const mine = { id: crypto.randomUUID?.() ?? `${Date.now()}`, stop: new AbortController() };
      current.current = mine;
      setState({ step, running: true });
      const key = editor.keys.get(step) ?? '';
      try {
        const preview = await api.post<Preview>(
          flowPaths(editor.project, editor.name).preview,
          {
            name: editor.name,
            text: editor.history.present.text,
            step,
            limit: ROWS,
            preview_id: mine.id,
            pins: pinsFor(editor, step),
          },
          { signal: mine.stop.signal },
        );
        store.getState().keepSample(step, { key, preview });
        if (current.current === mine) setState({ step, running: false });
      } catch (failed) {
        if (current.current === mine) setState({ step, running: false, failed });
      } finally {
        if (current.current === mine) current.current = undefined;
      }
    },
    [stop, store],
  );
  return { ...state, fetchRows, stop };
}
