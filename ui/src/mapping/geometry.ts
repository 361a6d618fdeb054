/** Arithmetic of the lines between two scrolled lists whose rows are all of one height. */

export interface Pane {
  /** How far the list is scrolled. */
  scroll: number;
  /** What is visible of it. */
  height: number;
  row: number;
}

export interface End {
  y: number;
  /** On which side the row has been scrolled out of view. */
  off: 'above' | 'below' | undefined;
}

const MARGIN = 7;

export function endOf(index: number, { scroll, height, row }: Pane): End {
  const y = index * row + row / 2 - scroll;
  if (y < 0) return { y: MARGIN, off: 'above' };
  if (y > height) return { y: Math.max(MARGIN, height - MARGIN), off: 'below' };
  return { y, off: undefined };
}

/** A line is drawn as long as one of its ends is in view. */
export function isDrawn(from: End, to: End): boolean {
  return from.off === undefined || to.off === undefined;
}

export function curve(from: number, to: number, width: number, inset = 0): string {
  const bend = width / 2;
  const end = width - inset;
  return `M${inset} ${from}C${bend} ${from} ${bend} ${to} ${end} ${to}`;
}

/** A small arrow head at an edge that says where the rest of the line went. */
export function pointer(x: number, { y, off }: End): string {
  const tip = off === 'above' ? -5 : 5;
  return `M${x - 4} ${y}L${x + 4} ${y}L${x} ${y + tip}Z`;
}

export interface Range {
  first: number;
  /** Not included. */
  last: number;
}

/** The rows to draw: those in view and some around them. */
export function visible(count: number, { scroll, height, row }: Pane, around = 8): Range {
  const first = Math.max(0, Math.floor(scroll / row) - around);
  const last = Math.min(count, Math.ceil((scroll + height) / row) + around);
  return { first: Math.min(first, count), last: Math.max(last, 0) };
}

/** Where to scroll so that a row is in view; where it already is, nothing moves. */
export function scrollTo(index: number, { scroll, height, row }: Pane): number {
  const top = index * row;
  if (top < scroll) return top;
  const bottom = top + row;
  return bottom > scroll + height ? bottom - height : scroll;
}
