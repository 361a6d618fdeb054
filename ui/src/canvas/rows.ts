import type { Graph, GraphEdge } from './graph';

/** What a step of a run has counted. */
export interface Counted {
  rows_in: number;
  rows_out: number;
}

/**
 * How many rows went over each line. A step with one input has counted them as they came; before one
 * with several, each input has, where its rows went nowhere else. What nobody has counted is not told.
 */
export function rowsOver(graph: Graph, counted: ReadonlyMap<string, Counted>): Map<string, number> {
  const over = (edge: GraphEdge): number | undefined => {
    if (graph.into.get(edge.to)?.length === 1) return counted.get(edge.to)?.rows_in;
    return graph.out.get(edge.from)?.length === 1 ? counted.get(edge.from)?.rows_out : undefined;
  };
  const rows = new Map<string, number>();
  for (const edge of graph.edges) {
    const count = over(edge);
    if (count !== undefined) rows.set(edge.id, count);
  }
  return rows;
}
