import { useMutation } from '@tanstack/react-query';
import { api } from '../../../client/api';
import type { Run, StoredDocument } from '../../../client/types';
import { flowPaths } from '../flowPaths';
import { useEditorStore } from './editorContext';
import { saveDraft, type Conflict } from './saveDraft';

/** Saving, publishing and running, each on what is drawn now. */
export function useSave(onConflict: (conflict: Conflict) => void) {
  const store = useEditorStore();
  const save = async () => {
    store.getState().settle();
    const conflict = await saveDraft(store.getState());
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
    mutationFn: async (part: { steps?: string[] }) => {
      if (!(await save())) return undefined;
      const { project, name, stored } = store.getState();
      const body = { flow: name, revision: stored.revision, ...part };
      return api.post<Run>(flowPaths(project, name).runs, body);
    },
  });
  return { saving, publishing, running };
}
