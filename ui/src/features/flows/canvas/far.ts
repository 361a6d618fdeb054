import type { ReactFlowState } from '@xyflow/react';
import { createContext, useContext } from 'react';

/** Below this zoom nobody can read a step's details; drawing them for hundreds costs frames. */
const FAR_BELOW = 0.4;

export const isFar = (canvas: ReactFlowState) => canvas.transform[2] < FAR_BELOW;

/** Whether the canvas is seen from afar: asked once for all, not by every node at every move. */
export const FarContext = createContext(false);
export const useFar = () => useContext(FarContext);
