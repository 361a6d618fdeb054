import { downstream, inOrder, type Graph } from './graph';

/** Where the nodes of a flow stand. Kept beside the document, never in it. */
export interface Spot {
  x: number;
  y: number;
}

export type Layout = Readonly<Record<string, Spot>>;

export const NODE = { width: 208, height: 64 };
export const GRID = 16;
const GAP = { x: 80, y: 32 };

/** Reads what the server kept; anything that is no place is left out. */
export function layoutFrom(kept: unknown): Layout {
  const nodes = (kept as { nodes?: unknown } | null | undefined)?.nodes ?? kept;
  if (typeof nodes !== 'object' || nodes === null) return {};
  const spots: Record<string, Spot> = {};
  for (const [name, spot] of Object.entries(nodes as Record<string, unknown>)) {
    const { x, y } = (spot ?? {}) as { x?: unknown; y?: unknown };
    if (typeof x === 'number' && typeof y === 'number' && Number.isFinite(x + y)) {
      spots[name] = { x, y };
    }
  }
  return spots;
}

export function layoutToKeep(layout: Layout, names: readonly string[]): { nodes: Layout } {
  const nodes: Record<string, Spot> = {};
  for (const name of names) if (layout[name]) nodes[name] = layout[name];
  return { nodes };
}

export function moved(layout: Layout, spots: Layout): Layout {
  return { ...layout, ...spots };
}

export function renamed(layout: Layout, old: string, name: string): Layout {
  const { [old]: spot, ...rest } = layout;
  return spot ? { ...rest, [name]: spot } : layout;
}

/** The layer of each node: one more than the deepest of its inputs. */
export function layers(graph: Graph): string[][] {
  const depth = new Map<string, number>();
  const { order, circle } = inOrder(graph);
  for (const name of [...order, ...circle]) {
    const above = (graph.into.get(name) ?? []).map((edge) => depth.get(edge.from) ?? -1);
    depth.set(name, Math.max(-1, ...above) + 1);
  }
  const found: string[][] = [];
  for (const { name } of graph.nodes) {
    const at = depth.get(name) ?? 0;
    (found[at] ??= []).push(name);
  }
  return Array.from(found, (layer) => layer ?? []);
}

const SWEEPS = 4;

/** A quick layout from left to right, each node near the middle of its neighbours. */
export function layered(graph: Graph): Layout {
  const columns = layers(graph);
  const rank = new Map<string, number>();
  columns.forEach((column) => column.forEach((name, i) => rank.set(name, i)));
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const down = sweep % 2 === 0;
    const walk = down ? columns : columns.toReversed();
    for (const column of walk) sortColumn(graph, column, rank, down);
  }
  return place(graph, columns);
}

function sortColumn(graph: Graph, column: string[], rank: Map<string, number>, down: boolean) {
  const middle = new Map(column.map((name) => [name, barycentre(graph, name, rank, down)]));
  column.sort((a, b) => middle.get(a)! - middle.get(b)!);
  column.forEach((name, i) => rank.set(name, i));
}

function barycentre(graph: Graph, name: string, rank: Map<string, number>, down: boolean): number {
  const edges = (down ? graph.into : graph.out).get(name) ?? [];
  if (edges.length === 0) return rank.get(name) ?? 0;
  const ranks = edges.map((edge) => rank.get(down ? edge.from : edge.to) ?? 0);
  return ranks.reduce((sum, one) => sum + one, 0) / ranks.length;
}

function place(graph: Graph, columns: string[][]): Layout {
  const spots: Record<string, Spot> = {};
  columns.forEach((column, depth) => {
    const wanted = column.map((name) => middleOfInputs(graph, name, spots));
    let free = Number.NEGATIVE_INFINITY;
    column.forEach((name, i) => {
      const y = Math.max(wanted[i] ?? 0, free);
      spots[name] = { x: depth * (NODE.width + GAP.x), y: snap(y) };
      free = snap(y) + NODE.height + GAP.y;
    });
  });
  return spots;
}

function middleOfInputs(graph: Graph, name: string, spots: Record<string, Spot>): number {
  const ys = (graph.into.get(name) ?? []).flatMap(({ from }) => spots[from]?.y ?? []);
  return ys.length === 0 ? 0 : ys.reduce((sum, y) => sum + y, 0) / ys.length;
}

export function snap(value: number): number {
  return Math.round(value / GRID) * GRID;
}

/** Keeps every place there is and finds one for each node that has none, beside its input. */
export function completed(layout: Layout, graph: Graph): Layout {
  const missing = graph.nodes.filter(({ name }) => !layout[name]);
  if (missing.length === 0) return layout;
  if (missing.length === graph.nodes.length) return layered(graph);
  const spots: Record<string, Spot> = { ...layout };
  for (const { name } of missing) {
    const inputs = (graph.into.get(name) ?? []).flatMap(({ from }) => spots[from] ?? []);
    spots[name] = freeSpot(spots, inputs.length > 0 ? beside(inputs) : below(spots));
  }
  return spots;
}

/** Moves a step and all below it one column to the right, for a new one to stand in its place. */
export function withRoom(layout: Layout, graph: Graph, before: string, name: string): Layout {
  const spots: Record<string, Spot> = { ...completed(layout, graph) };
  const place = spots[before];
  if (!place) return layout;
  for (const one of [before, ...downstream(graph, before)]) {
    const spot = spots[one];
    if (spot && spot.x >= place.x) spots[one] = { x: spot.x + NODE.width + GAP.x, y: spot.y };
  }
  return { ...spots, [name]: place };
}

function beside(inputs: Spot[]): Spot {
  const x = Math.max(...inputs.map((spot) => spot.x)) + NODE.width + GAP.x;
  return { x, y: snap(inputs.reduce((sum, spot) => sum + spot.y, 0) / inputs.length) };
}

function below(spots: Record<string, Spot>): Spot {
  const all = Object.values(spots);
  if (all.length === 0) return { x: 0, y: 0 };
  const x = Math.min(...all.map((spot) => spot.x));
  return { x, y: Math.max(...all.map((spot) => spot.y)) + NODE.height + GAP.y };
}

function freeSpot(spots: Record<string, Spot>, wanted: Spot): Spot {
  const all = Object.values(spots);
  const taken = ({ x, y }: Spot) =>
    all.some((s) => Math.abs(s.x - x) < NODE.width && Math.abs(s.y - y) < NODE.height + 8);
  let spot = { x: snap(wanted.x), y: wanted.y };
  while (taken(spot)) spot = { x: spot.x, y: spot.y + NODE.height + GAP.y };
  return spot;
}
