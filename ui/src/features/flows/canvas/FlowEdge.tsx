import { PlusOutlined } from '@ant-design/icons';
import { BaseEdge, getBezierPath, type Edge, type EdgeProps } from '@xyflow/react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { GraphEdge } from '../../../canvas/graph';
import { shortCount } from '../../../components/times';
import { useCanvasMenu } from './canvasMenu';
import { useEditor } from '../editor/editorContext';
import { figuresOf } from '../editor/editorStore';
import { FIGURE_ICONS } from '../runs/figures';
import { OnLabelLayer } from './LabelLayer';
import { columnsOf, rowsOf } from './stepState';

export type RowsEdge = Edge<{ edge: GraphEdge }, 'rows'>;

/** Rows of the last run, or rows and columns last sampled: never one taken for the other. */
function Counts({ edge, from }: { edge: string; from: string }) {
  const { t, i18n } = useTranslation('flow');
  const figures = useEditor(figuresOf);
  const ran = useEditor((editor) => editor.ran?.rows.get(edge));
  const columns = useEditor((editor) => columnsOf(editor, from)?.length);
  const sampled = useEditor((editor) => {
    const known = rowsOf(editor, from);
    return known && `${known.rows.toLocaleString(i18n.language)}${known.all ? '' : '+'}`;
  });
  if (figures === 'run') {
    if (ran === undefined) return null;
    const rows = t('rows', { rows: ran.toLocaleString(i18n.language) });
    return (
      <span title={`${rows}: ${t('figures.of_run')}`}>
        {FIGURE_ICONS.run} {shortCount(ran, i18n.language)}
      </span>
    );
  }
  return (
    <>
      {sampled !== undefined && (
        <span title={t('figures.of_sample')}>
          {FIGURE_ICONS.sample} {t('rows', { rows: sampled })}
        </span>
      )}
      {columns !== undefined && <span className="below">{t('columns', { count: columns })}</span>}
    </>
  );
}

/** A line with how many rows go along it. Never dashed nor moving: that costs frames. */
export const FlowEdge = memo(function FlowEdge(props: EdgeProps<RowsEdge>) {
  const { id, markerEnd } = props;
  const [path, x, y] = getBezierPath(props);
  return (
    <>
      <BaseEdge id={id} path={path} {...(markerEnd ? { markerEnd } : {})} />
      <Label edge={props} x={x} y={y} />
    </>
  );
});

function Label({ edge, x, y }: { edge: EdgeProps<RowsEdge>; x: number; y: number }) {
  const { t } = useTranslation('flow');
  const openMenu = useCanvasMenu();
  const { source, target, selected, data } = edge;
  return (
    <OnLabelLayer>
      <div
        className={`edge-label nodrag nopan${selected ? ' selected' : ''}`}
        style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
      >
        <Counts edge={edge.id} from={source} />
        <button
          type="button"
          tabIndex={selected ? 0 : -1}
          aria-label={t('add_between', { from: source, to: target })}
          onClick={(event) => {
            const at = { x: event.clientX, y: event.clientY };
            if (data) openMenu({ at, add: { on: data.edge } });
          }}
        >
          <PlusOutlined />
        </button>
      </div>
    </OnLabelLayer>
  );
}
