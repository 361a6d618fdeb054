import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useDeferredValue, useEffect } from 'react';
import { NODE } from '../../../canvas/layout';
import { useEditor } from '../editor/editorContext';

const MARGIN = 24;
const ZOOM_MIN = 0.75;
/** The panel below takes its height first; only then is it known what is still seen. */
const PAUSE_MS = 60;

/** Brings the step that was opened into view, unless it is seen already. */
export function useKeepInView() {
  const open = useDeferredValue(useEditor((editor) => editor.open));
  const { getInternalNode, getViewport, setCenter } = useReactFlow();
  const canvas = useStoreApi();
  useEffect(() => {
    if (open === undefined) return undefined;
    const timer = setTimeout(() => {
      const spot = getInternalNode(open)?.internals.positionAbsolute;
      if (!spot) return;
      const { x, y, zoom } = getViewport();
      const { width, height } = canvas.getState();
      const left = spot.x * zoom + x;
      const top = spot.y * zoom + y;
      const seen =
        left > MARGIN &&
        top > MARGIN &&
        left + NODE.width * zoom < width - MARGIN &&
        top + NODE.height * zoom < height - MARGIN;
      if (seen && zoom >= ZOOM_MIN / 1.5) return;
      const middle = { x: spot.x + NODE.width / 2, y: spot.y + NODE.height / 2 };
      void setCenter(middle.x, middle.y, { zoom: Math.max(zoom, ZOOM_MIN), duration: 150 });
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [open, canvas, getInternalNode, getViewport, setCenter]);
}
