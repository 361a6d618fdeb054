import { useEffect, useRef, useState, type PointerEvent, type RefObject } from 'react';

export interface Dragging {
  source: string;
  /** Of the pointer, in the window. */
  x: number;
  y: number;
  /** The target field below it. */
  over: string | undefined;
}

const FAR_PX = 4;
const EDGE_PX = 28;
const PACE_MS = 30;

function targetAt(x: number, y: number): string | undefined {
  const row = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-target]');
  return row?.dataset['target'];
}

/** Lets a source field be drawn to a target field; near an edge the target list scrolls along. */
export function useDragging(
  list: RefObject<HTMLDivElement | null>,
  onDrop: (source: string, target: string) => void,
) {
  const [dragging, setDragging] = useState<Dragging>();
  const start = useRef<{ source: string; x: number; y: number }>(undefined);
  const active = dragging !== undefined;
  const last = useRef<Dragging>(undefined);
  useEffect(() => {
    last.current = dragging;
  });
  useEffect(() => {
    if (!active) return undefined;
    const timer = setInterval(() => {
      const box = list.current?.getBoundingClientRect();
      const at = last.current;
      if (!box || !at) return;
      if (at.y < box.top + EDGE_PX) list.current?.scrollBy(0, -12);
      if (at.y > box.bottom - EDGE_PX) list.current?.scrollBy(0, 12);
    }, PACE_MS);
    return () => clearInterval(timer);
  }, [active, list]);
  const stop = () => {
    start.current = undefined;
    setDragging(undefined);
  };
  return {
    dragging,
    cancel: stop,
    onPointerDown: (source: string, event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return;
      start.current = { source, x: event.clientX, y: event.clientY };
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: ({ clientX: x, clientY: y }: PointerEvent<HTMLElement>) => {
      const from = start.current;
      if (!from || (!active && Math.hypot(x - from.x, y - from.y) < FAR_PX)) return;
      setDragging({ source: from.source, x, y, over: targetAt(x, y) });
    },
    onPointerUp: ({ clientX, clientY }: PointerEvent<HTMLElement>) => {
      const target = active ? targetAt(clientX, clientY) : undefined;
      if (dragging && target !== undefined) onDrop(dragging.source, target);
      stop();
    },
    onPointerCancel: stop,
  };
}
