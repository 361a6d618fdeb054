import { useCallback } from 'react';
import type { Step } from '../../../document/flow';
import type { Path, Value } from '../../../document/parse';
import { setSetting } from '../../../document/steps';
import { useEditor, useEditorStore } from '../editor/editorContext';
import { isReadOnly } from '../editor/editorStore';
import { columnsOf, type KnownColumn } from '../canvas/stepState';

export function textOf(step: Step, ...path: string[]): string {
  let value: Value | undefined = step.settings;
  for (const part of path) value = value instanceof Map ? value.get(part) : undefined;
  return typeof value === 'string' ? value : '';
}

export function listOf(step: Step, word: string): string[] {
  const value = step.settings.get(word);
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

/** Sets one setting of a step in the text; an empty value takes it away. */
export function useSet(step: string) {
  const store = useEditorStore();
  return useCallback(
    (path: Path, value: Value | undefined) => {
      const gone = value === undefined || value === '' || (Array.isArray(value) && !value.length);
      return store
        .getState()
        .edit((text) => setSetting(text, step, path, gone ? undefined : value));
    },
    [store, step],
  );
}

export function useReadOnly(): boolean {
  return useEditor(isReadOnly);
}

/** Columns that come in, of all inputs, as far as they are known. */
export function useInputColumns(step: Step): KnownColumn[] {
  // One text is compared instead of a new list at every change.
  const known = useEditor((editor) =>
    JSON.stringify(step.inputs.flatMap((input) => columnsOf(editor, input.step) ?? [])),
  );
  return JSON.parse(known) as KnownColumn[];
}

export function useOwnColumns(step: Step): KnownColumn[] {
  const known = useEditor((editor) => JSON.stringify(columnsOf(editor, step.name) ?? []));
  return JSON.parse(known) as KnownColumn[];
}

export function namesOf(columns: KnownColumn[]): string[] {
  return [...new Set(columns.map((column) => column.name))];
}
