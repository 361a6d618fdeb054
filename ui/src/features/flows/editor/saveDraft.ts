import { layoutToKeep } from '../../../canvas/layout';
import { api, ProblemError } from '../../../client/api';
import type { StoredDocument } from '../../../client/types';
import { flowPaths } from '../flowPaths';
import { isDirty, type Editor, type EditorStore } from './editorStore';

/** What the server holds when it is newer than what the draft began with. */
export interface Conflict {
  theirs: StoredDocument;
}

const STALE = 412;

/** Sends what is unsaved; nothing when nothing is, so that whoever may only run a flow can run it. */
export async function saveDraft(editor: Editor): Promise<Conflict | undefined> {
  if (!isDirty(editor)) return undefined;
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
    const etag = `"${editor.stored.revision}"`;
    const stored = await api.put<StoredDocument>(
      paths.flow,
      { text: present.text, layout },
      { etag },
    );
    editor.takeSaved(stored, present);
    return undefined;
  } catch (error) {
    if (!(error instanceof ProblemError) || error.status !== STALE) throw error;
    return { theirs: await api.get<StoredDocument>(paths.flow) };
  }
}

/**
 * Shows what others have saved since, to whoever has changed nothing: a draft begun on an old text
 * would only end in a conflict. A draft is left alone.
 *
 * @returns whether there was something newer
 */
export async function catchUp(store: EditorStore): Promise<boolean> {
  const { project, name } = store.getState();
  const newest = await api.get<StoredDocument>(flowPaths(project, name).flow);
  const editor = store.getState();
  if (newest.revision <= editor.stored.revision || isDirty(editor)) return false;
  editor.reload(newest);
  return true;
}
