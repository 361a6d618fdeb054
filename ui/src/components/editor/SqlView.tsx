import { completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { PostgreSQL, sql } from '@codemirror/lang-sql';
import { Compartment, EditorState, Transaction, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, keymap } from '@codemirror/view';
import { useEffect, useMemo, useRef } from 'react';
import { changeTo } from './change';
import { editorLook } from './editorTheme';
import './editor.css';

export type SqlViewProps = {
  text: string;
  label: string;
  /** What completes a word, as an extension; a new one takes the place of the old. */
  words: Extension;
  readOnly: boolean;
  className: string;
  heightMin?: number;
  /** With every letter. */
  onDraft?: (sql: string) => void;
  /** When typing pauses, on leaving, and on Ctrl+Enter; also when nothing was changed. */
  onCommit: (sql: string) => void;
};

const PAUSE_MS = 500;

const locked = (readOnly: boolean) => [
  EditorState.readOnly.of(readOnly),
  EditorView.editable.of(!readOnly),
];

/** SQL being written. Blanks around it are no change: they do not move the text under the hands. */
export function SqlView(props: SqlViewProps) {
  const { text, label, words, readOnly, className, heightMin } = props;
  const box = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const parts = useMemo(() => ({ lock: new Compartment(), words: new Compartment() }), []);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  useEffect(() => {
    if (!box.current) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const commit = () => {
      clearTimeout(timer);
      latest.current.onCommit(made.state.doc.toString());
      return true;
    };
    const made: EditorView = new EditorView({
      parent: box.current,
      state: EditorState.create({
        doc: text,
        extensions: [
          history(),
          drawSelection(),
          EditorView.lineWrapping,
          sql({ dialect: PostgreSQL }),
          editorLook,
          keymap.of([
            { key: 'Mod-Enter', run: commit },
            ...completionKeymap,
            ...defaultKeymap,
            ...historyKeymap,
          ]),
          EditorView.contentAttributes.of({ 'aria-label': label }),
          parts.lock.of(locked(readOnly)),
          parts.words.of(words),
          EditorView.updateListener.of((update) => {
            if (update.focusChanged && !update.view.hasFocus) commit();
            const typed = update.transactions.some((one) => !one.annotation(Transaction.remote));
            if (!update.docChanged || !typed) return;
            latest.current.onDraft?.(update.state.doc.toString());
            clearTimeout(timer);
            timer = setTimeout(commit, PAUSE_MS);
          }),
        ],
      }),
    });
    view.current = made;
    return () => {
      commit();
      made.destroy();
    };
    // The view lives as long as its place; what changes is sent to it by the effects below.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  useEffect(() => {
    const old = view.current?.state.doc.toString();
    if (old === undefined || old.trim() === text.trim()) return;
    view.current?.dispatch({
      changes: changeTo(old, text),
      annotations: Transaction.remote.of(true),
    });
  }, [text]);
  useEffect(() => {
    view.current?.dispatch({
      effects: [parts.lock.reconfigure(locked(readOnly)), parts.words.reconfigure(words)],
    });
  }, [readOnly, words, parts]);
  return (
    <div
      ref={box}
      className={`editor ${className}`}
      style={{ minHeight: heightMin ?? undefined }}
    />
  );
}
