import { Segmented } from 'antd';
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { RelativeTime } from '../../../components/RelativeTime';
import { StateTag } from '../../../components/StateTag';
import { useEditor, useEditorStore } from '../editor/editorContext';
import { figuresOf, type Figures } from '../editor/editorStore';
import { FIGURE_ICONS } from './figures';

/** Says what the figures on the lines are of: a run that moved rows, or samples that moved none. */
export const FiguresBar = memo(function FiguresBar() {
  const { t } = useTranslation('flow');
  const store = useEditorStore();
  const figures = useEditor(figuresOf);
  const never = useEditor((editor) => editor.ran === undefined);
  return (
    <div className="figures-bar">
      <Segmented<Figures>
        size="small"
        aria-label={t('figures.label')}
        value={figures}
        options={(['run', 'sample'] as const).map((value) => ({
          value,
          icon: FIGURE_ICONS[value],
          label: t(`figures.${value}`),
        }))}
        onChange={(next) => store.getState().show({ figures: next })}
      />
      {figures === 'run' &&
        (never ? <span className="soft">{t('figures.never')}</span> : <Which />)}
    </div>
  );
});

function Which() {
  const { t } = useTranslation('flow');
  const project = useEditor((editor) => editor.project);
  const run = useEditor((editor) => editor.ran?.run);
  const revision = useEditor((editor) => editor.stored.revision);
  if (!run) return null;
  const other = run.revision != null && String(run.revision) !== String(revision);
  return (
    <>
      <StateTag state={run.state} />
      <Link to="/p/$project/runs/$id" params={{ project, id: run.id }} title={run.id}>
        <RelativeTime at={run.ended_at ?? run.started_at ?? run.queued_at} />
      </Link>
      {other && (
        <span className="soft">{t('figures.revision', { revision: String(run.revision) })}</span>
      )}
    </>
  );
}
