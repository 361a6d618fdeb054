import { PlusOutlined } from '@ant-design/icons';
import {
  BaseEdge,
  EdgeLabelRenderer,
  getBezierPath,
  type Edge,
  useStore,
  type EdgeProps,
  type ReactFlowState,
} from '@xyflow/react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { GraphEdge } from '../../../canvas/graph';
import { useCanvasMenu } from './canvasMenu';
import { useEditor } from '../editor/editorContext';
import { columnsOf, rowsOf } from './stepState';

export type RowsEdge = Edge<{ edge: GraphEdge }, 'rows'>;

function Counts({ from }: { from: string }) {
  const { t, i18n } = useTranslation('flow');
  const columns = useEditor((editor) => columnsOf(editor, from)?.length);
  const rows = useEditor((editor) => {
    const known = rowsOf(editor, from);
    return known && `${known.rows.toLocaleString(i18n.language)}${known.all ? '' : '+'}`;
  });
  const parts = [
    rows === undefined ? '' : t('rows', { rows }),
    columns === undefined ? '' : t('columns', { count: columns }),
  ];
  const text = parts.filter(Boolean).join(' · ');
  return text === '' ? null : <span>{text}</span>;
}

const LABELS_FROM = 0.4;
const isNear = (canvas: ReactFlowState) => canvas.transform[2] >= LABELS_FROM;

/** A line with how many rows and columns go along it. Never dashed nor moving: that costs frames. */
export const FlowEdge = memo(function FlowEdge(props: EdgeProps<RowsEdge>) {
  const { id, source, target, data, markerEnd, selected } = props;
  const { t } = useTranslation('flow');
  const openMenu = useCanvasMenu();
  // From afar nobody can read them, and hundreds of them cost frames.
  const near = useStore(isNear);
  const [path, x, y] = getBezierPath(props);
  return (
    <>
      <BaseEdge id={id} path={path} {...(markerEnd ? { markerEnd } : {})} />
      {near && (
        <EdgeLabelRenderer>
          <div
            className={`edge-label nodrag nopan${selected ? ' selected' : ''}`}
            style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
          >
            <Counts from={source} />
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
        </EdgeLabelRenderer>
      )}
    </>
  );
});
