import { useStoreApi } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import { GRID } from '../../../canvas/layout';

/** The grid behind the steps. A movement only shifts it by less than its gap: nothing is painted. */
export function Ground() {
  const canvas = useStoreApi();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let drawn = 0;
    const follow = () => {
      const dots = box.current;
      const [x, y, zoom] = canvas.getState().transform;
      if (!dots) return;
      const gap = GRID * zoom;
      if (zoom !== drawn) dots.style.backgroundSize = `${gap}px ${gap}px`;
      drawn = zoom;
      dots.style.transform = `translate(${x % gap}px, ${y % gap}px)`;
    };
    follow();
    return canvas.subscribe(follow);
  }, [canvas]);
  return <div ref={box} className="canvas-ground" aria-hidden />;
}
