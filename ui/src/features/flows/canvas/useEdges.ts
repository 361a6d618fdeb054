import { MarkerType, type EdgeChange, type OnSelectionChangeParams } from '@xyflow/react';
import { useCallback, useMemo, useState } from 'react';
import type { GraphEdge } from '../../../canvas/graph';
import { pickedAfter, sameSet } from '../editor/picked';
import type { RowsEdge } from './FlowEdge';

const arrow = { type: MarkerType.ArrowClosed, width: 16, height: 16 };

/** A line that is as it was stays the same object, and so is not drawn again. */
function drawnOf(edges: GraphEdge[], before: RowsEdge[]): RowsEdge[] {
  const known = new Map(before.map((edge) => [edge.id, edge]));
  return edges.map((edge) => {
    const old = known.get(edge.id);
    return old?.data?.edge.word === edge.word ? old : drawnAs(edge);
  });
}

function drawnAs(edge: GraphEdge): RowsEdge {
  return {
    id: edge.id,
    source: edge.from,
    target: edge.to,
    type: 'rows',
    markerEnd: arrow,
    data: { edge },
  };
}

/** Lines as drawn, and which of them are picked: that is kept here, as no document knows of it. */
export function useEdges(graphEdges: GraphEdge[], onPicked: (edges: GraphEdge[]) => void) {
  const [drawn, setDrawn] = useState<RowsEdge[]>([]);
  const [source, setSource] = useState<GraphEdge[]>();
  if (source !== graphEdges) {
    setSource(graphEdges);
    setDrawn(drawnOf(graphEdges, drawn));
  }
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const edges = useMemo(
    () => drawn.map((edge) => (picked.has(edge.id) ? { ...edge, selected: true } : edge)),
    [drawn, picked],
  );
  const onEdgesChange = useCallback(
    (changes: EdgeChange<RowsEdge>[]) => setPicked((before) => pickedAfter(before, changes)),
    [],
  );
  const onSelectionChange = useCallback(
    ({ edges: now }: OnSelectionChangeParams) => {
      const ids = new Set(now.map((edge) => edge.id));
      setPicked((before) => (sameSet(before, ids) ? before : ids));
      onPicked(now.flatMap((edge) => (edge.data?.edge as GraphEdge | undefined) ?? []));
    },
    [onPicked],
  );
  return { edges, onEdgesChange, onSelectionChange };
}
