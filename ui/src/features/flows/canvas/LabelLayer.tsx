import { useStore, type ReactFlowState } from '@xyflow/react';
import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { createPortal } from 'react-dom';

const LayerContext = createContext<Element | null>(null);
const frameOf = (canvas: ReactFlowState) => canvas.domNode;

/**
 * Where labels of lines are drawn. It is looked up once: React Flow's own renderer of labels searches the
 * document for it for every label at every frame of a movement.
 */
export function LabelLayer({ children }: { children: ReactNode }) {
  const frame = useStore(frameOf);
  const layer = useMemo(
    () => frame?.querySelector('.react-flow__edgelabel-renderer') ?? null,
    [frame],
  );
  return <LayerContext.Provider value={layer}>{children}</LayerContext.Provider>;
}

export function OnLabelLayer({ children }: { children: ReactNode }) {
  const layer = useContext(LayerContext);
  return layer && createPortal(children, layer);
}
