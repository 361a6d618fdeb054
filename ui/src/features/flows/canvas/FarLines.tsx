import { getBezierPath, Position, ViewportPortal } from '@xyflow/react';
import { memo } from 'react';
import type { GraphEdge } from '../../../canvas/graph';
import { NODE } from '../../../canvas/layout';
import type { StepFlowNode } from './StepNode';

type Props = { nodes: readonly StepFlowNode[]; edges: readonly GraphEdge[] };

/**
 * All lines as one drawing, for a canvas seen from afar. Hundreds of drawings of their own would have to
 * be laid upon each other again at every frame of a movement.
 */
export const FarLines = memo(function FarLines({ nodes, edges }: Props) {
  const spots = new Map(nodes.map(({ id, position }) => [id, position]));
  const paths = edges.map(({ from, to }) => {
    const source = spots.get(from);
    const target = spots.get(to);
    if (!source || !target) return '';
    const [path] = getBezierPath({
      sourceX: source.x + NODE.width,
      sourceY: source.y + NODE.height / 2,
      sourcePosition: Position.Right,
      targetX: target.x,
      targetY: target.y + NODE.height / 2,
      targetPosition: Position.Left,
    });
    return path;
  });
  return (
    <ViewportPortal>
      <svg className="far-lines" aria-hidden>
        <path d={paths.join('')} />
      </svg>
    </ViewportPortal>
  );
});
