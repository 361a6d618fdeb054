import { useEffect, useRef, type RefObject } from 'react';
import type { GraphEdge } from '../../../canvas/graph';
import {
  copyNamed,
  cutNamed,
  duplicateNamed,
  openStep,
  part,
  pasteHere,
  removeNamed,
  selectAll,
} from './actions';
import { useEditorStore } from './editorContext';
import type { EditorStore } from './editorStore';
import type { RunCommands } from '../runs/runCommands';

type Given = RunCommands & { edges: RefObject<GraphEdge[]>; help: () => void };

/** Keys as written in the dialog that lists them. */
export const SHORTCUTS = [
  ['save', 'Ctrl+S'],
  ['undo', 'Ctrl+Z'],
  ['redo', 'Ctrl+Shift+Z'],
  ['copy', 'Ctrl+C'],
  ['cut', 'Ctrl+X'],
  ['paste', 'Ctrl+V'],
  ['duplicate', 'Ctrl+D'],
  ['select_all', 'Ctrl+A'],
  ['remove', 'Delete'],
  ['find', 'Ctrl+F'],
  ['open', 'Enter'],
  ['preview', 'P'],
  ['close', 'Esc'],
  ['move', '← ↑ → ↓'],
  ['box', 'Shift + drag'],
  ['help', '?'],
] as const;

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** A key that takes steps away is meant for them only where they are seen, not in their forms. */
function isAmongSteps(target: EventTarget | null): boolean {
  return (
    target === document.body ||
    (target instanceof Element && target.closest('.flow-canvas, .step-list') !== null)
  );
}

const isHistory = ({ key }: KeyboardEvent) => /^[zy]$/i.test(key);

/** A mapping that takes the whole window stands beside the page, and is edited with it. */
const isWideMapping = (target: EventTarget | null) =>
  target instanceof Element && target.closest('.mapping-editor.wide') !== null;

function withControl(store: EditorStore, event: KeyboardEvent, given: Given): boolean {
  const { selected } = store.getState();
  switch (event.key.toLowerCase()) {
    case 'z':
      if (event.shiftKey) store.getState().redo();
      else store.getState().undo();
      return true;
    case 'y':
      store.getState().redo();
      return true;
    case 'c':
      if (window.getSelection()?.toString()) return false;
      void copyNamed(store, selected);
      return true;
    case 'x':
      if (!isAmongSteps(event.target)) return false;
      void cutNamed(store, selected);
      return true;
    case 'v':
      void pasteHere(store);
      return true;
    case 'd':
      duplicateNamed(store, selected);
      return true;
    case 'a':
      selectAll(store);
      return true;
    case 'f':
      document.getElementById('flow-find')?.focus();
      return true;
    default:
      return given.edges.current === null;
  }
}

function plain(store: EditorStore, event: KeyboardEvent, given: Given): boolean {
  const { selected, open } = store.getState();
  const last = focusedStep(event.target) ?? selected.at(-1);
  switch (event.key) {
    case 'Delete':
    case 'Backspace':
      if (!isAmongSteps(event.target)) return false;
      if (given.edges.current.length > 0 && selected.length === 0) part(store, given.edges.current);
      else removeNamed(store, selected);
      return true;
    case 'Enter':
      if (!last || event.target instanceof HTMLButtonElement) return false;
      openStep(store, last);
      return true;
    case 'p':
      if (last) given.preview(last);
      return last !== undefined;
    case 'Escape':
      if (open === undefined) return false;
      store.getState().show({ open: undefined });
      return true;
    case '?':
      given.help();
      return true;
    default:
      return false;
  }
}

function focusedStep(target: EventTarget | null): string | undefined {
  const node = target instanceof HTMLElement ? target.closest('.react-flow__node') : null;
  return node?.getAttribute('data-id') ?? undefined;
}

/** Shortcuts of the page; those that edit leave texts that are being typed alone. */
export function useShortcuts(box: RefObject<HTMLElement | null>, given: Given) {
  const store = useEditorStore();
  const latest = useRef(given);
  useEffect(() => {
    latest.current = given;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const control = event.ctrlKey || event.metaKey;
      if (control && event.key.toLowerCase() === 's') {
        event.preventDefault();
        latest.current.save();
        return;
      }
      const inside =
        event.target === document.body ||
        box.current?.contains(event.target as Node) ||
        (control && isHistory(event) && isWideMapping(event.target));
      if (!inside || isTyping(event.target) || event.altKey) return;
      const act = control ? withControl : plain;
      if (act(store, event, latest.current)) event.preventDefault();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [box, store]);
}
