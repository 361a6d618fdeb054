import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { Editor, EditorStore } from './editorStore';

export const EditorContext = createContext<EditorStore | null>(null);

export function useEditorStore(): EditorStore {
  const store = useContext(EditorContext);
  if (!store) throw new Error('used outside of a flow editor');
  return store;
}

export function useEditor<T>(choose: (editor: Editor) => T): T {
  return useStore(useEditorStore(), choose);
}
