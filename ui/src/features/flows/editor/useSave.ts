import { useMutation } from '@tanstack/react-query';
import { layoutToKeep } from '../../../canvas/layout';
import { api, ProblemError } from '../../../client/api';
import type { Run, StoredDocument } from '../../../client/types';
import { useEditorStore } from './editorContext';
import type { Editor } from './editorStore';
import { flowPaths } from '../flowPaths';

/** What the server holds when it is newer than what the draft began with. */
export interface Conflict {
  theirs: StoredDocument;
}

const STALE = 412;

async function saveNow(editor: Editor, message?: string): Promise<Conflict | undefined> {
  const { present } = editor.history;
  const paths = flowPaths(editor.project, editor.name);
  const names = editor.flow.steps.map((step) => step.name);
  const layout = layoutToKeep(present.layout, names);
  if (present.text === editor.saved.text) {
    await api.put(paths.layout, { layout });
    editor.takeSaved(editor.stored, present);
    return undefined;
  }
  try {
    const body = { text: present.text, layout, ...(message ? { message } : {}) };
    const etag = `"${editor.stored.revision}"`;
    const stored = await api.put<StoredDocument>(paths.flow, body, { etag });
    editor.takeSaved(stored, present);
    return undefined;
  } catch (error) {
    if (!(error instanceof ProblemError) || error.status !== STALE) throw error;
    return { theirs: await api.get<StoredDocument>(paths.flow) };
  }
}

/** Saving, publishing and running, each on what is drawn now. */
export function useSave(onConflict: (conflict: Conflict) => void) {
  const store = useEditorStore();
  const save = async () => {
    store.getState().settle();
    const conflict = await saveNow(store.getState());
    if (conflict) onConflict(conflict);
    return !conflict;
  };
  const saving = useMutation({ mutationFn: save });
  const publishing = useMutation({
    mutationFn: async () => {
      if (!(await save())) return false;
      const { project, name, stored, history } = store.getState();
      const next = await api.post<StoredDocument>(flowPaths(project, name).publish, {
        revision: stored.revision,
      });
      const now = next ?? { ...stored, state: 'published' as const };
      store.getState().takeSaved({ ...stored, ...now }, history.present);
      return true;
    },
  });
  const running = useMutation({
    mutationFn: async (part: { from_step?: string; to_step?: string }) => {
      if (!(await save())) return undefined;
      const { project, name, stored } = store.getState();
      const body = { flow: name, revision: stored.revision, ...part };
      return api.post<Run>(flowPaths(project, name).runs, body);
    },
  });
  return { saving, publishing, running };
}
