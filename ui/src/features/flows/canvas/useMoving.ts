import { useCallback, useRef } from 'react';

/** Marks the canvas while it is moved, past React: nothing is drawn again for it. */
export function useMoving() {
  const frame = useRef<HTMLDivElement>(null);
  const onMoveStart = useCallback(() => frame.current?.classList.add('moving'), []);
  const onMoveEnd = useCallback(() => frame.current?.classList.remove('moving'), []);
  return { frame, onMoveStart, onMoveEnd };
}
