import { memo, useEffect, useRef, useState } from 'react';
import { curve, endOf, isDrawn, pointer, type End, type Pane } from '../../mapping/geometry';
import type { Line, LineKind } from '../../mapping/state';
import type { Dragging } from './useDragging';

export interface Drawn {
  line: Line;
  from: End;
  to: End;
}

/** The lines that have an end in view. */
export function drawnLines(
  lines: readonly Line[],
  at: { sources: ReadonlyMap<string, number>; targets: ReadonlyMap<string, number> },
  panes: { source: Pane; target: Pane },
): Drawn[] {
  return lines.flatMap((line) => {
    const from = at.sources.get(line.source);
    const to = at.targets.get(line.target);
    if (from === undefined || to === undefined) return [];
    const ends = { from: endOf(from, panes.source), to: endOf(to, panes.target) };
    return isDrawn(ends.from, ends.to) ? [{ line, ...ends }] : [];
  });
}

/** What tells the kinds apart besides colour: a glyph in the middle, and dashes. */
export function Glyph({ kind, x, y }: { kind: LineKind; x: number; y: number }) {
  if (kind === 'transformed') {
    return (
      <g className="glyph" transform={`translate(${x} ${y})`}>
        <circle r={7} />
        <path d="M1.8-3.6C-.6-4.2-.5-2.4-.8 0S-1.4 4-2.8 3.4M-2.4-.8H1.6" />
      </g>
    );
  }
  if (kind === 'unsafe') {
    return (
      <g className="glyph" transform={`translate(${x} ${y})`}>
        <path className="filled" d="M0-7.5L7.5 5.5H-7.5Z" />
        <path d="M0-2.6V1.4M0 3.1V3.5" />
      </g>
    );
  }
  return null;
}

type LineProps = Drawn & { width: number; selected: boolean; onSelect: (target: string) => void };

const DrawnLine = memo(function DrawnLine(props: LineProps) {
  const { line, from, to, width, selected, onSelect } = props;
  const path = curve(from.y, to.y, width);
  return (
    <g className={`line ${line.kind}${selected ? ' selected' : ''}`}>
      <path className="hit" d={path} onClick={() => onSelect(line.target)} />
      <path className="stroke" d={path} />
      {from.off && <path className="edge" d={pointer(7, from)} />}
      {to.off && <path className="edge" d={pointer(width - 7, to)} />}
      <Glyph kind={line.kind} x={width / 2} y={(from.y + to.y) / 2} />
    </g>
  );
});

type Props = {
  lines: Drawn[];
  selected: string | undefined;
  dragging: Dragging | undefined;
  /** Where the dragged line begins. */
  origin: End | undefined;
  onSelect: (target: string) => void;
};

/** One drawing for all lines. Readers of the screen hear the same from the target rows. */
export function LineOverlay({ lines, selected, dragging, origin, onSelect }: Props) {
  const box = useRef<SVGSVGElement>(null);
  const [width, setWidth] = useState(120);
  const [corner, setCorner] = useState({ x: 0, y: 0 });
  useEffect(() => {
    if (!box.current) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setWidth(entry.contentRect.width);
    });
    observer.observe(box.current);
    return () => observer.disconnect();
  }, []);
  const held = dragging !== undefined;
  useEffect(() => {
    const rect = box.current?.getBoundingClientRect();
    // Where the drawing stands in the window only counts while something is dragged over it.
    // eslint-disable-next-line react-hooks/set-state-in-effect
    if (held && rect) setCorner({ x: rect.x, y: rect.y });
  }, [held]);
  return (
    <svg ref={box} className="lines" aria-hidden>
      {lines.map(({ line, from, to }) => (
        <DrawnLine
          key={`${line.source}\n${line.target}`}
          line={line}
          from={from}
          to={to}
          width={width}
          selected={line.target === selected}
          onSelect={onSelect}
        />
      ))}
      {dragging && origin && (
        <path
          className="dragged"
          d={`M0 ${origin.y}L${Math.min(dragging.x - corner.x, width)} ${dragging.y - corner.y}`}
        />
      )}
    </svg>
  );
}
