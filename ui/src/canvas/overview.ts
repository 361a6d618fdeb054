import { NODE, type Spot } from './layout';

/** How a whole flow is scaled into a small picture. */
export interface Fit {
  scale: number;
  /** Where the picture's corner lies in the flow. */
  left: number;
  top: number;
}

export interface Size {
  width: number;
  height: number;
}

const MARGIN = 48;

/** Scales all nodes into a picture of a size, in its middle. */
export function fitInto({ width, height }: Size, spots: readonly Spot[]): Fit {
  if (spots.length === 0) return { scale: 1, left: 0, top: 0 };
  const xs = spots.map(({ x }) => x);
  const ys = spots.map(({ y }) => y);
  const left = Math.min(...xs) - MARGIN;
  const top = Math.min(...ys) - MARGIN;
  const wide = Math.max(...xs) + NODE.width + MARGIN - left;
  const high = Math.max(...ys) + NODE.height + MARGIN - top;
  const scale = Math.min(width / wide, height / high);
  return {
    scale,
    left: left - (width / scale - wide) / 2,
    top: top - (height / scale - high) / 2,
  };
}

/** Which part of the picture is seen on a canvas moved and zoomed so. */
export function seenIn(
  { scale, left, top }: Fit,
  [x, y, zoom]: readonly [number, number, number],
  canvas: Size,
): Spot & Size {
  const part = scale / zoom;
  return {
    x: (-x / zoom - left) * scale,
    y: (-y / zoom - top) * scale,
    width: canvas.width * part,
    height: canvas.height * part,
  };
}

/** The place in the flow below a point of the picture. */
export function placeAt({ scale, left, top }: Fit, { x, y }: Spot): Spot {
  return { x: left + x / scale, y: top + y / scale };
}
