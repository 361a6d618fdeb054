import { autocompletion, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import {
  PostgreSQL,
  schemaCompletionSource,
  keywordCompletionSource,
  sql,
} from '@codemirror/lang-sql';
import { Compartment, EditorState, Transaction } from '@codemirror/state';
import { drawSelection, EditorView, keymap } from '@codemirror/view';
import { useEffect, useMemo, useRef } from 'react';
import { editorLook } from '../../../components/editor/editorTheme';
import '../../../components/editor/editor.css';

type Props = {
  text: string;
  label: string;
  rows: number;
  schema: Record<string, string[]>;
  /** Only an expression: columns complete without their table. */
  bare: boolean;
  readOnly: boolean;
  onCommit: (sql: string) => void;
};

const PAUSE_MS = 500;
const LINE_PX = 21;

function completions(schema: Record<string, string[]>, bare: boolean) {
  const columns = [...new Set(Object.values(schema).flat())].map((label) => ({
    label,
    type: 'property',
  }));
  const own = schemaCompletionSource({
    dialect: PostgreSQL,
    schema,
    ...(bare ? {} : { tables: [] }),
  });
  const keywords = keywordCompletionSource(PostgreSQL);
  return autocompletion({
    override: [
      own,
      keywords,
      (context) => {
        const word = context.matchBefore(/[\p{L}\p{Nd}_]+/u);
        return word || context.explicit
          ? { from: word?.from ?? context.pos, options: columns, validFor: /^[\p{L}\p{Nd}_]*$/u }
          : null;
      },
    ],
  });
}

/** A block keeps its last line ending, so that an edit changes only the lines it is about. */
function withTailOf(before: string, edited: string): string {
  const tail = /\n*$/.exec(before)?.[0] ?? '';
  return edited.replace(/\n+$/, '') + tail;
}

const locked = (readOnly: boolean) => [
  EditorState.readOnly.of(readOnly),
  EditorView.editable.of(!readOnly),
];

export default function SqlEditor(props: Props) {
  const { text, label, rows, schema, bare, readOnly, onCommit } = props;
  const box = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const parts = useMemo(() => ({ lock: new Compartment(), words: new Compartment() }), []);
  const latest = useRef({ text, onCommit });
  useEffect(() => {
    latest.current = { text, onCommit };
  });
  useEffect(() => {
    if (!box.current) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const commit = () => {
      clearTimeout(timer);
      const before = latest.current.text;
      const edited = withTailOf(before, made.state.doc.toString());
      if (edited.trimEnd() !== before.trimEnd()) latest.current.onCommit(edited);
    };
    const made: EditorView = new EditorView({
      parent: box.current,
      state: EditorState.create({
        doc: text.trimEnd(),
        extensions: [
          history(),
          drawSelection(),
          EditorView.lineWrapping,
          sql({ dialect: PostgreSQL }),
          editorLook,
          keymap.of([...completionKeymap, ...defaultKeymap, ...historyKeymap]),
          EditorView.contentAttributes.of({ 'aria-label': label }),
          parts.lock.of(locked(readOnly)),
          parts.words.of(completions(schema, bare)),
          EditorView.updateListener.of((update) => {
            if (update.focusChanged && !update.view.hasFocus) commit();
            const typed = update.transactions.some((one) => !one.annotation(Transaction.remote));
            if (!update.docChanged || !typed) return;
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
    // The view lives as long as the field; what changes is sent to it by the effects below.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  useEffect(() => {
    const state = view.current?.state;
    if (!state || state.doc.toString().trimEnd() === text.trimEnd()) return;
    view.current?.dispatch({
      changes: { from: 0, to: state.doc.length, insert: text.trimEnd() },
      annotations: Transaction.remote.of(true),
    });
  }, [text]);
  useEffect(() => {
    view.current?.dispatch({
      effects: [
        parts.lock.reconfigure(locked(readOnly)),
        parts.words.reconfigure(completions(schema, bare)),
      ],
    });
  }, [readOnly, schema, bare, parts]);
  return <div ref={box} className="editor sql-editor" style={{ minHeight: rows * LINE_PX }} />;
}
