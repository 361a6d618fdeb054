import { json } from '@codemirror/lang-json';
import { yaml } from '@codemirror/lang-yaml';
import { MergeView as Merge } from '@codemirror/merge';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { editorLook } from './editorTheme';
import './editor.css';

export type DiffProps = {
  before: string;
  after: string;
  beforeLabel: string;
  afterLabel: string;
  language?: 'yaml' | 'json';
};

export default function MergeView(props: DiffProps) {
  const { before, after, beforeLabel, afterLabel, language = 'yaml' } = props;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!box.current) return undefined;
    const common: Extension[] = [
      lineNumbers(),
      EditorState.readOnly.of(true),
      EditorView.editable.of(false),
      EditorView.lineWrapping,
      language === 'json' ? json() : yaml(),
      editorLook,
    ];
    const named = (label: string) => EditorView.contentAttributes.of({ 'aria-label': label });
    const view = new Merge({
      a: { doc: before, extensions: [...common, named(beforeLabel)] },
      b: { doc: after, extensions: [...common, named(afterLabel)] },
      parent: box.current,
      collapseUnchanged: { margin: 3, minSize: 6 },
    });
    return () => view.destroy();
  }, [before, after, beforeLabel, afterLabel, language]);
  return (
    <div className="stack tight">
      <div className="diff-labels soft">
        <span>{beforeLabel}</span>
        <span>{afterLabel}</span>
      </div>
      <div ref={box} className="editor diff" />
    </div>
  );
}
