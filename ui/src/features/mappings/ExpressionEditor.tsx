import { completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { PostgreSQL, sql } from '@codemirror/lang-sql';
import { Compartment, EditorState, Transaction } from '@codemirror/state';
import { drawSelection, EditorView, keymap } from '@codemirror/view';
import { useEffect, useMemo, useRef } from 'react';
import type { FieldInfo } from '../../client/types';
import { editorLook } from '../../components/editor/editorTheme';
import '../../components/editor/editor.css';
import { completions } from './completions';

type Props = {
  text: string;
  label: string;
  sources: readonly FieldInfo[];
  readOnly: boolean;
  /** With every letter, for the live result. */
  onDraft: (sql: string) => void;
  /** When typing pauses, on leaving, and on Ctrl+Enter. */
  onCommit: (sql: string) => void;
};

const PAUSE_MS = 600;

const locked = (readOnly: boolean) => [
  EditorState.readOnly.of(readOnly),
  EditorView.editable.of(!readOnly),
];

export default function ExpressionEditor(props: Props) {
  const { text, label, sources, readOnly } = props;
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
      const edited = made.state.doc.toString().trim();
      // An emptied expression is not written: taking the entry away is a command of its own.
      if (edited !== '' && edited !== latest.current.text.trim()) latest.current.onCommit(edited);
      return true;
    };
    const made: EditorView = new EditorView({
      parent: box.current,
      state: EditorState.create({
        doc: text.trim(),
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
          parts.words.of(completions(sources)),
          EditorView.updateListener.of((update) => {
            if (update.focusChanged && !update.view.hasFocus) commit();
            const typed = update.transactions.some((one) => !one.annotation(Transaction.remote));
            if (!update.docChanged || !typed) return;
            latest.current.onDraft(update.state.doc.toString());
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
    // The view lives as long as the panel; what changes is sent to it by the effects below.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  useEffect(() => {
    const state = view.current?.state;
    if (!state || state.doc.toString().trim() === text.trim()) return;
    view.current?.dispatch({
      changes: { from: 0, to: state.doc.length, insert: text.trim() },
      annotations: Transaction.remote.of(true),
    });
  }, [text]);
  useEffect(() => {
    view.current?.dispatch({
      effects: [
        parts.lock.reconfigure(locked(readOnly)),
        parts.words.reconfigure(completions(sources)),
      ],
    });
  }, [readOnly, sources, parts]);
  return <div ref={box} className="editor expression" />;
}
