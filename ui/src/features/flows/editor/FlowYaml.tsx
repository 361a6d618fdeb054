import { EditorView } from '@codemirror/view';
import { useEffect, useMemo, useRef, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemList } from '../../../components/ProblemList';
import { YamlEditor } from '../../../components/YamlEditor';
import type { Problem } from '../../../client/types';
import { normalised, withLineEndings } from '../../../document/text';
import { useEditor, useEditorStore } from './editorContext';
import { allProblems } from '../canvas/stepState';

const SHOWN_MAX = 50;

/** Scrolls to the lines of the step that was opened, and leaves the focus where it is. */
function useFollow(box: RefObject<HTMLDivElement | null>, follow: { line: number } | undefined) {
  useEffect(() => {
    const content = box.current?.querySelector<HTMLElement>('.cm-content');
    const view = content ? EditorView.findFromDOM(content) : null;
    if (!view || !follow || follow.line > view.state.doc.lines) return;
    const { from } = view.state.doc.line(follow.line);
    view.dispatch({
      selection: { anchor: from },
      effects: EditorView.scrollIntoView(from, { y: 'nearest', yMargin: 60 }),
    });
  }, [box, follow]);
}

/** The text itself, always in step with the canvas; what is wrong with it stands below. */
export function FlowYaml() {
  const { t } = useTranslation('flow');
  const store = useEditorStore();
  const text = useEditor((editor) => editor.history.present.text);
  const broken = useEditor((editor) => editor.broken);
  const check = useEditor((editor) => editor.check);
  const locked = useEditor((editor) => editor.locked);
  const line = useEditor((editor) => editor.line);
  const box = useRef<HTMLDivElement>(null);
  useFollow(
    box,
    useEditor((editor) => editor.follow),
  );
  const shown = useMemo(() => normalised(text), [text]);
  const problems = useMemo<Problem[]>(() => {
    if (broken.length === 0) return allProblems(check?.result);
    return broken.map((one) => ({
      code: 'YAML_INVALID',
      message: t(`yaml.${one.code}` as 'yaml.other', { defaultValue: one.message }),
      line: one.line,
      column: one.column,
    }));
  }, [broken, check, t]);
  return (
    <div className="flow-yaml" ref={box} onBlur={() => store.getState().settle()}>
      <YamlEditor
        text={shown}
        label={t('view.yaml')}
        height="100%"
        readOnly={locked}
        problems={problems}
        {...(line ? { show: line } : {})}
        onChange={(edited) => {
          const { history, setText } = store.getState();
          setText(withLineEndings(history.present.text, edited));
        }}
      />
      {problems.length > 0 && (
        <div className="flow-problems">
          <h2>{t('problems', { count: problems.length })}</h2>
          <ProblemList
            problems={problems.slice(0, SHOWN_MAX)}
            onShow={({ line: at }) => at && store.getState().show({ line: { line: at } })}
          />
        </div>
      )}
    </div>
  );
}
