import {
  Background,
  Controls,
  MarkerType,
  MiniMap,
  ReactFlow,
  SelectionMode,
  useReactFlow,
  useStore,
  type OnSelectionChangeParams,
} from '@xyflow/react';
import '@xyflow/react/dist/style.css';
import { useCallback, useMemo, useState, type DragEvent, type MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { GraphEdge } from '../../../canvas/graph';
import { GRID, snap } from '../../../canvas/layout';
import type { StepKind } from '../../../document/flow';
import { addOfKind, join, openStep } from '../editor/actions';
import { CanvasMenu } from './CanvasMenu';
import { CanvasMenuContext, type MenuRequest } from './canvasMenu';
import { useEditor, useEditorStore } from '../editor/editorContext';
import { isReadOnly } from '../editor/editorStore';
import { pickedAfter, sameSet } from '../editor/picked';
import { FlowEdge, type RowsEdge } from './FlowEdge';
import { FarContext, isFar } from './far';
import { StepNode, type StepFlowNode } from './StepNode';
import { useKeepInView } from './useKeepInView';
import { useMoving } from './useMoving';
import { useNodes } from './useNodes';
import { useShade } from '../editor/useShade';

export const DRAGGED_KIND = 'application/x-mortise-kind';

const nodeTypes = { step: StepNode };
const edgeTypes = { rows: FlowEdge };
const arrow = { type: MarkerType.ArrowClosed, width: 16, height: 16 };
const VISIBLE_ONLY_FROM = 60;
const FIT = { minZoom: 0.4, maxZoom: 1, padding: 0.12 };
/** A click on the ground leaves the field one was in, so that shortcuts reach the canvas again. */
function leaveField() {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}

const MINIMAP_FROM = 8;
const kindClass = (node: StepFlowNode) => `kind-${node.data.kind ?? 'unknown'}`;

function useEdges(edges: GraphEdge[]): RowsEdge[] {
  return useMemo(
    () =>
      edges.map((edge) => ({
        id: edge.id,
        source: edge.from,
        target: edge.to,
        type: 'rows',
        markerEnd: arrow,
        data: { edge },
      })),
    [edges],
  );
}

type Props = { onEdges: (edges: GraphEdge[]) => void };

/** The flow drawn: steps as nodes, rows as lines from left to right. */
export function FlowCanvas({ onEdges }: Props) {
  const { t } = useTranslation('flow');
  const store = useEditorStore();
  const shade = useShade();
  const { screenToFlowPosition } = useReactFlow();
  useKeepInView();
  const far = useStore(isFar);
  const { frame, ...moving } = useMoving();
  const readOnly = useEditor(isReadOnly);
  const broken = useEditor((editor) => editor.broken.length > 0);
  const { graph, nodes, onNodesChange } = useNodes();
  const edges = useEdges(graph.edges);
  const [menu, setMenu] = useState<MenuRequest>();
  const close = useCallback(() => setMenu(undefined), []);
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const shown = useMemo(
    () => edges.map((edge) => (picked.has(edge.id) ? { ...edge, selected: true } : edge)),
    [edges, picked],
  );
  const drop = (event: DragEvent) => {
    const kind = event.dataTransfer.getData(DRAGGED_KIND) as StepKind | '';
    if (!kind) return;
    event.preventDefault();
    const spot = screenToFlowPosition({ x: event.clientX, y: event.clientY });
    addOfKind(store, kind, store.getState().selected.at(-1), { x: snap(spot.x), y: snap(spot.y) });
  };
  const menuAt = (event: MouseEvent | globalThis.MouseEvent, about: Partial<MenuRequest>) => {
    event.preventDefault();
    setMenu({ at: { x: event.clientX, y: event.clientY }, ...about });
  };
  const selectionChanged = useCallback(
    ({ edges: now }: OnSelectionChangeParams) => {
      const ids = new Set(now.map((edge) => edge.id));
      setPicked((before) => (sameSet(before, ids) ? before : ids));
      onEdges(now.flatMap((edge) => (edge.data?.edge as GraphEdge | undefined) ?? []));
    },
    [onEdges],
  );
  return (
    <CanvasMenuContext.Provider value={setMenu}>
      <FarContext.Provider value={far}>
        <div
          ref={frame}
          className={`flow-canvas${broken ? ' greyed' : ''}${far ? ' far' : ''}`}
          aria-label={t('canvas')}
          role="region"
        >
          <ReactFlow<StepFlowNode, RowsEdge>
            proOptions={{ hideAttribution: true }}
            nodes={nodes}
            edges={shown}
            nodeTypes={nodeTypes}
            edgeTypes={edgeTypes}
            onNodesChange={onNodesChange}
            onEdgesChange={(changes) =>
              setPicked((before) => pickedAfter(before, changes as { type: string }[]))
            }
            onSelectionChange={selectionChanged}
            onConnect={({ source, target }) => join(store, source, target)}
            onNodeClick={(event, node) => {
              if (!event.shiftKey && !event.ctrlKey && !event.metaKey) openStep(store, node.id);
            }}
            onPaneClick={leaveField}
            {...moving}
            onNodeContextMenu={(event, node) => menuAt(event, { step: node.id })}
            onEdgeContextMenu={(event, edge) =>
              edge.data && menuAt(event, { edge: edge.data.edge })
            }
            onPaneContextMenu={(event) => menuAt(event, {})}
            onDragOver={(event) => event.preventDefault()}
            onDrop={drop}
            colorMode={shade}
            fitView
            fitViewOptions={FIT}
            minZoom={0.05}
            maxZoom={2}
            snapToGrid
            snapGrid={[GRID, GRID]}
            onlyRenderVisibleElements={nodes.length > VISIBLE_ONLY_FROM}
            nodesDraggable={!readOnly}
            nodesConnectable={!readOnly}
            nodesFocusable
            edgesFocusable
            deleteKeyCode={null}
            selectionKeyCode="Shift"
            multiSelectionKeyCode={['Control', 'Meta']}
            selectionMode={SelectionMode.Partial}
            zoomOnDoubleClick={false}
            ariaLabelConfig={{
              'node.a11yDescription.default': t('aria.node'),
              'node.a11yDescription.keyboardDisabled': t('aria.node'),
              'edge.a11yDescription.default': t('aria.edge'),
              'controls.ariaLabel': t('aria.controls'),
              'controls.zoomIn.ariaLabel': t('aria.zoom_in'),
              'controls.zoomOut.ariaLabel': t('aria.zoom_out'),
              'controls.fitView.ariaLabel': t('aria.fit'),
              'controls.interactive.ariaLabel': t('aria.interactive'),
              'minimap.ariaLabel': t('aria.minimap'),
              'handle.ariaLabel': t('aria.handle'),
            }}
          >
            {!far && <Background gap={GRID} />}
            <Controls showInteractive={false} />
            {nodes.length >= MINIMAP_FROM && (
              <MiniMap pannable zoomable nodeClassName={kindClass} nodeStrokeWidth={2} />
            )}
          </ReactFlow>
          {nodes.length === 0 && <p className="canvas-hint">{t('begin')}</p>}
          <CanvasMenu request={menu} onClose={close} />
        </div>
      </FarContext.Provider>
    </CanvasMenuContext.Provider>
  );
}
