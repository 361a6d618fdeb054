import { graphOf, type Graph, type GraphNode } from '../../canvas/graph';
import type { RunStep } from '../../client/types';
import { read } from '../../document/flow';

/** What a copy of many tables sums up what it read under. */
const SOURCE = 'source';

/**
 * The graph a run went through: that of its revision. A copy of many tables has none in its text; its
 * tables all come from one source.
 */
export function runGraph(text: string, steps: RunStep[]): Graph {
  const flow = read(text);
  if (flow.steps.length > 0) return graphOf(flow);
  const nodes: GraphNode[] = steps.map(({ name }) => ({ name, kind: undefined }));
  const edges = steps
    .filter(({ name }) => name !== SOURCE && steps.some((one) => one.name === SOURCE))
    .map(({ name }) => ({
      id: `${SOURCE}→${name}`,
      from: SOURCE,
      to: name,
      word: 'from' as const,
    }));
  return {
    nodes,
    edges,
    out: new Map([[SOURCE, edges]]),
    into: new Map(edges.map((edge) => [edge.to, [edge]])),
  };
}
