import { Controls, Panel, ReactFlow, SelectionMode, useStore } from '@xyflow/react';
import '@xyflow/react/dist/style.css';
import { useCallback, useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GraphEdge } from '../../../canvas/graph';
import { GRID } from '../../../canvas/layout';
import { CanvasMenu } from './CanvasMenu';
import { CanvasMenuContext, type MenuRequest } from './canvasMenu';
import { useEditor } from '../editor/editorContext';
import { isReadOnly } from '../editor/editorStore';
import { FiguresBar } from '../runs/FiguresBar';
import { FlowEdge, type RowsEdge } from './FlowEdge';
import { FarLines } from './FarLines';
import { FarContext, isFar } from './far';
import { Ground } from './Ground';
import { LabelLayer } from './LabelLayer';
import { Overview } from './Overview';
import { StepNode, type StepFlowNode } from './StepNode';
import { useAria } from './useAria';
import { useEdges } from './useEdges';
import { useGestures } from './useGestures';
import { useKeepInView } from './useKeepInView';
import { useMoving } from './useMoving';
import { useNodes } from './useNodes';
import { useShade } from '../editor/useShade';

const nodeTypes = { step: StepNode };
const edgeTypes = { rows: FlowEdge };
const snapGrid: [number, number] = [GRID, GRID];
const multiSelectionKeys = ['Control', 'Meta'];
const NONE: RowsEdge[] = [];
const options = { hideAttribution: true };
const VISIBLE_ONLY_FROM = 60;
const FIT = { minZoom: 0.4, maxZoom: 1, padding: 0.12 };
const OVERVIEW_FROM = 8;

type Props = { onEdges: (edges: GraphEdge[]) => void };

/** The flow drawn: steps as nodes, rows as lines from left to right. */
export function FlowCanvas({ onEdges }: Props) {
  const { t } = useTranslation('flow');
  const shade = useShade();
  useKeepInView();
  // Details are drawn in slices of time between the frames of a zoom, mostly after the last of them.
  const far = useDeferredValue(useStore(isFar));
  const { frame, ...moving } = useMoving();
  const readOnly = useEditor(isReadOnly);
  const broken = useEditor((editor) => editor.broken.length > 0);
  const { graph, nodes, onNodesChange } = useNodes();
  const lines = useEdges(graph.edges, onEdges);
  const [menu, setMenu] = useState<MenuRequest>();
  const close = useCallback(() => setMenu(undefined), []);
  const gestures = useGestures(setMenu);
  const aria = useAria();
  return (
    <CanvasMenuContext.Provider value={setMenu}>
      <FarContext.Provider value={far}>
        <LabelLayer>
          <div
            ref={frame}
            className={`flow-canvas${broken ? ' greyed' : ''}${far ? ' far' : ''}`}
            aria-label={t('canvas')}
            role="region"
          >
            <ReactFlow<StepFlowNode, RowsEdge>
              proOptions={options}
              nodes={nodes}
              {...lines}
              edges={far ? NONE : lines.edges}
              {...gestures}
              {...moving}
              nodeTypes={nodeTypes}
              edgeTypes={edgeTypes}
              onNodesChange={onNodesChange}
              colorMode={shade}
              fitView
              fitViewOptions={FIT}
              minZoom={0.05}
              maxZoom={2}
              snapToGrid
              snapGrid={snapGrid}
              onlyRenderVisibleElements={nodes.length > VISIBLE_ONLY_FROM}
              nodesDraggable={!readOnly}
              nodesConnectable={!readOnly}
              nodesFocusable
              edgesFocusable
              deleteKeyCode={null}
              selectionKeyCode="Shift"
              multiSelectionKeyCode={multiSelectionKeys}
              selectionMode={SelectionMode.Partial}
              zoomOnDoubleClick={false}
              ariaLabelConfig={aria}
            >
              {far ? <FarLines nodes={nodes} edges={graph.edges} /> : <Ground />}
              {nodes.length > 0 && (
                <Panel position="top-left">
                  <FiguresBar />
                </Panel>
              )}
              <Controls showInteractive={false} />
              {nodes.length >= OVERVIEW_FROM && <Overview nodes={nodes} />}
            </ReactFlow>
            {nodes.length === 0 && <p className="canvas-hint">{t('begin')}</p>}
            <CanvasMenu request={menu} onClose={close} />
          </div>
        </LabelLayer>
      </FarContext.Provider>
    </CanvasMenuContext.Provider>
  );
}
