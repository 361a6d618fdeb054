import { useReactFlow, type Connection } from '@xyflow/react';
import { useMemo, type DragEvent, type MouseEvent } from 'react';
import { snap } from '../../../canvas/layout';
import type { StepKind } from '../../../document/flow';
import { addOfKind, join, openStep } from '../editor/actions';
import { useEditorStore } from '../editor/editorContext';
import type { MenuRequest, OpenMenu } from './canvasMenu';
import type { RowsEdge } from './FlowEdge';
import type { StepFlowNode } from './StepNode';

export const DRAGGED_KIND = 'application/x-mortise-kind';

type Pointed = MouseEvent | globalThis.MouseEvent;

/** A click on the ground leaves the field one was in, so that shortcuts reach the canvas again. */
function leaveField() {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}

/**
 * What clicks and drops on the canvas do. They stay the same functions: a new one would draw every step
 * again.
 */
export function useGestures(openMenu: OpenMenu) {
  const store = useEditorStore();
  const { screenToFlowPosition } = useReactFlow();
  return useMemo(() => {
    const menuAt = (event: Pointed, about: Partial<MenuRequest>) => {
      event.preventDefault();
      openMenu({ at: { x: event.clientX, y: event.clientY }, ...about });
    };
    return {
      onConnect: ({ source, target }: Connection) => join(store, source, target),
      onNodeClick: (event: MouseEvent, node: StepFlowNode) => {
        if (!event.shiftKey && !event.ctrlKey && !event.metaKey) openStep(store, node.id);
      },
      onPaneClick: leaveField,
      onNodeContextMenu: (event: MouseEvent, node: StepFlowNode) =>
        menuAt(event, { step: node.id }),
      onEdgeContextMenu: (event: MouseEvent, edge: RowsEdge) =>
        edge.data && menuAt(event, { edge: edge.data.edge }),
      onPaneContextMenu: (event: Pointed) => menuAt(event, {}),
      onDragOver: (event: DragEvent) => event.preventDefault(),
      onDrop: (event: DragEvent) => {
        const kind = event.dataTransfer.getData(DRAGGED_KIND) as StepKind | '';
        if (!kind) return;
        event.preventDefault();
        const spot = screenToFlowPosition({ x: event.clientX, y: event.clientY });
        const place = { x: snap(spot.x), y: snap(spot.y) };
        addOfKind(store, kind, store.getState().selected.at(-1), place);
      },
    };
  }, [openMenu, screenToFlowPosition, store]);
}
