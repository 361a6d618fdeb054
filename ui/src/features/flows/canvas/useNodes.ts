import { applyNodeChanges, Position, type NodeChange, type NodeHandle } from '@xyflow/react';
import { useCallback, useMemo, useState } from 'react';
import { graphOf } from '../../../canvas/graph';
import { completed, NODE, type Layout, type Spot } from '../../../canvas/layout';
import type { StepKind } from '../../../document/flow';
import { useEditor, useEditorStore } from '../editor/editorContext';
import { detailOf } from './stepDetail';
import type { StepFlowNode } from './StepNode';

const HANDLE = 11;

/**
 * Where lines end. Size and ends are told beforehand: nodes then need not be drawn to be measured,
 * and those seen from afar can do without ends of their own.
 */
function handlesOf(kind: StepKind | undefined): NodeHandle[] {
  const y = (NODE.height - HANDLE) / 2;
  const end = (type: 'source' | 'target', position: Position, x: number): NodeHandle => ({
    id: null,
    type,
    position,
    x: x - HANDLE / 2,
    y,
    width: HANDLE,
    height: HANDLE,
  });
  return [
    ...(kind === 'read' ? [] : [end('target', Position.Left, 0)]),
    ...(kind === 'write' ? [] : [end('source', Position.Right, NODE.width)]),
  ];
}

/**
 * A node stands by its edges, not by a transformation: what is transformed is a drawing of its own, and
 * hundreds of them have to be laid upon each other again at every frame of a movement.
 */
function standing(position: Spot) {
  return { position, style: { left: position.x, top: position.y, transform: 'none' } };
}

/** After a change of its place; a node that was not moved stays the same object. */
function stoodUp(node: StepFlowNode): StepFlowNode {
  const { position, style } = node;
  if (style?.left === position.x && style.top === position.y) return node;
  return { ...node, ...standing(position) };
}

/** Nodes as drawn, kept the same object while nothing about them changes. */
export function useNodes() {
  const store = useEditorStore();
  const flow = useEditor((editor) => editor.flow);
  const layout = useEditor((editor) => editor.history.present.layout);
  const selected = useEditor((editor) => editor.selected);
  const graph = useMemo(() => graphOf(flow), [flow]);
  const spots = useMemo(() => completed(layout, graph), [layout, graph]);
  const wanted = useMemo<StepFlowNode[]>(
    () =>
      flow.steps.map((step) => ({
        id: step.name,
        type: 'step',
        ...standing(spots[step.name] ?? { x: 0, y: 0 }),
        measured: NODE,
        handles: handlesOf(step.kind),
        data: { kind: step.kind, detail: detailOf(step) },
      })),
    [flow, spots],
  );
  const [drawn, setDrawn] = useState<StepFlowNode[]>([]);
  const [source, setSource] = useState<unknown>();
  if (source !== wanted) {
    setSource(wanted);
    setDrawn(merged(drawn, wanted));
  }
  const chosen = useMemo(() => new Set(selected), [selected]);
  const nodes = useMemo(
    () =>
      drawn.map((node) =>
        (node.selected ?? false) === chosen.has(node.id)
          ? node
          : { ...node, selected: chosen.has(node.id) },
      ),
    [drawn, chosen],
  );
  const onNodesChange = useCallback(
    (changes: NodeChange<StepFlowNode>[]) => {
      setDrawn((before) => applyNodeChanges(changes, before).map(stoodUp));
      const picks = changes.filter((change) => change.type === 'select');
      if (picks.length > 0) {
        const { selected: before, select } = store.getState();
        const now = new Set(before);
        for (const { id, selected: on } of picks)
          if (on) now.add(id);
          else now.delete(id);
        select([...now]);
      }
      const dropped = changes.filter(
        (change) => change.type === 'position' && change.dragging === false && change.position,
      );
      const moves = Object.fromEntries(
        dropped.map((change) => (change.type === 'position' ? [change.id, change.position!] : [])),
      ) as Layout;
      if (dropped.length > 0) store.getState().move({ ...spots, ...moves }, undefined);
    },
    [spots, store],
  );
  return { graph, nodes, onNodesChange };
}

function merged(drawn: StepFlowNode[], wanted: StepFlowNode[]): StepFlowNode[] {
  const before = new Map(drawn.map((node) => [node.id, node]));
  return wanted.map((node) => {
    const old = before.get(node.id);
    if (!old) return node;
    const same =
      old.position.x === node.position.x &&
      old.position.y === node.position.y &&
      old.data.kind === node.data.kind &&
      old.data.detail === node.data.detail;
    if (same) return old;
    const { position, data, handles = [] } = node;
    return { ...old, ...standing(position), data, handles };
  });
}
