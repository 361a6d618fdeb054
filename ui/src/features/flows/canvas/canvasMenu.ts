import { createContext, useContext } from 'react';
import type { GraphEdge } from '../../../canvas/graph';

/** What a menu on the canvas is about. */
export interface MenuRequest {
  at: { x: number; y: number };
  /** Only the kinds of step to add. */
  add?: { after: string } | { on: GraphEdge };
  step?: string;
  edge?: GraphEdge;
}

export type OpenMenu = (request: MenuRequest) => void;

export const CanvasMenuContext = createContext<OpenMenu>(() => undefined);

export function useCanvasMenu(): OpenMenu {
  return useContext(CanvasMenuContext);
}
