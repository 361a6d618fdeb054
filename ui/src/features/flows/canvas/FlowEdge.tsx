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
import type { GraphEdge } from '../../../canvas/graph';
import { useCanvasMenu } from './canvasMenu';
import { useEditor } from '../editor/editorContext';
import { useFar } from './far';
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

/** A line with how many rows and columns go along it. Never dashed nor moving: that costs frames. */
export const FlowEdge = memo(function FlowEdge(props: EdgeProps<RowsEdge>) {
  const { id, markerEnd } = props;
  const far = useFar();
  const [path, x, y] = getBezierPath(props);
  if (far) return <BaseEdge id={id} path={path} interactionWidth={0} />;
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
  );
}
