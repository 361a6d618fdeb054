import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';
import type { Pane } from '../../mapping/geometry';

/** How a list is scrolled and how much of it is in view, at most once a frame. */
export function usePane(row: number): [Pane, RefObject<HTMLDivElement | null>, () => void] {
  const box = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState({ scroll: 0, height: 0 });
  const frame = useRef(0);
  const look = useCallback(() => {
    cancelAnimationFrame(frame.current);
    frame.current = requestAnimationFrame(() => {
      const list = box.current;
      if (!list) return;
      const next = { scroll: list.scrollTop, height: list.clientHeight };
      setSeen((old) => (old.scroll === next.scroll && old.height === next.height ? old : next));
    });
  }, []);
  useEffect(() => {
    const list = box.current;
    if (!list) return undefined;
    const observer = new ResizeObserver(look);
    observer.observe(list);
    return () => {
      observer.disconnect();
      cancelAnimationFrame(frame.current);
    };
  }, [look]);
  return [{ ...seen, row }, box, look];
}
