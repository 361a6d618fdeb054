import { PlusOutlined } from '@ant-design/icons';
import {
  BaseEdge,
  EdgeLabelRenderer,
  getBezierPath,
  type Edge,
  type EdgeProps,
} from '@xyflow/react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { GraphEdge } from '../../canvas/graph';
import { useCanvasMenu } from './canvasMenu';
import { useEditor } from './editorContext';
import { columnsOf, rowsOf } from './stepState';

export type RowsEdge = Edge<{ edge: GraphEdge }, 'rows'>;

function useCounts(from: string): string {
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
  return parts.filter(Boolean).join(' · ');
}

/** A line with how many rows and columns go along it. Never dashed nor moving: that costs frames. */
export const FlowEdge = memo(function FlowEdge(props: EdgeProps<RowsEdge>) {
  const { id, source, target, data, markerEnd, selected } = props;
  const { t } = useTranslation('flow');
  const openMenu = useCanvasMenu();
  const counts = useCounts(source);
  const [path, x, y] = getBezierPath(props);
  return (
    <>
      <BaseEdge id={id} path={path} {...(markerEnd ? { markerEnd } : {})} />
      <EdgeLabelRenderer>
        <div
          className={`edge-label nodrag nopan${selected ? ' selected' : ''}`}
          style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
        >
          {counts && <span>{counts}</span>}
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
    </>
  );
});
