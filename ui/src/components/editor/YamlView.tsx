import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, indentOnInput } from '@codemirror/language';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState, Transaction } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { useEffect, useRef } from 'react';
import type { Problem } from '../../client/types';
import { changeTo } from './change';
import { diagnosticsOf } from './diagnostics';
import { editorLook } from './editorTheme';
import './editor.css';

export type YamlEditorProps = {
  text: string;
  label: string;
  onChange?: (text: string) => void;
  problems?: Problem[];
  readOnly?: boolean;
  height?: number | string;
  /** A line to bring into view; a new object shows it again. */
  show?: { line: number };
};

const locked = (readOnly: boolean) => [
  EditorState.readOnly.of(readOnly),
  EditorView.editable.of(!readOnly),
];

/** Tab leaves the editor only after Escape, which the keymap of CodeMirror announces itself. */
export default function YamlView(props: YamlEditorProps) {
  const { text, label, onChange, problems = [], readOnly = false, height = 420, show } = props;
  const box = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const lock = useRef(new Compartment());
  const tell = useRef(onChange);
  useEffect(() => {
    tell.current = onChange;
  });
  useEffect(() => {
    if (!box.current) return undefined;
    const told = EditorView.updateListener.of((update) => {
      const typed = update.transactions.some((one) => one.annotation(Transaction.remote) !== true);
      if (update.docChanged && typed) tell.current?.(update.state.doc.toString());
    });
    const made = new EditorView({
      parent: box.current,
      state: EditorState.create({
        doc: text,
        extensions: [
          lineNumbers(),
          history(),
          drawSelection(),
          indentOnInput(),
          bracketMatching(),
          highlightActiveLine(),
          highlightSelectionMatches(),
          search({ top: true }),
          lintGutter(),
          yaml(),
          editorLook,
          keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap, indentWithTab]),
          EditorView.contentAttributes.of({ 'aria-label': label }),
          lock.current.of(locked(readOnly)),
          told,
        ],
      }),
    });
    view.current = made;
    return () => made.destroy();
    // The view lives as long as the component; what changes is sent to it by the effects below.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  useEffect(() => {
    const old = view.current?.state.doc.toString();
    if (old === undefined || old === text) return;
    view.current?.dispatch({
      changes: changeTo(old, text),
      annotations: Transaction.remote.of(true),
    });
  }, [text]);
  useEffect(() => {
    view.current?.dispatch({ effects: lock.current.reconfigure(locked(readOnly)) });
  }, [readOnly]);
  useEffect(() => {
    const state = view.current?.state;
    if (state) view.current?.dispatch(setDiagnostics(state, diagnosticsOf(problems, state.doc)));
  }, [problems, text]);
  useEffect(() => {
    const editor = view.current;
    if (!show || !editor) return;
    const line = editor.state.doc.line(Math.max(1, Math.min(show.line, editor.state.doc.lines)));
    editor.dispatch({ selection: { anchor: line.from }, scrollIntoView: true });
    editor.focus();
  }, [show]);
  return <div ref={box} className="editor" style={{ height }} />;
}
