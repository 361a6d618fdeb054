import type { Graph } from './graph';
import { NODE, snap, type Layout, type Spot } from './layout';

const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.layered.spacing.nodeNodeBetweenLayers': '80',
  'elk.spacing.nodeNode': '32',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
};

/** A careful layout, computed in a worker that is only fetched when somebody asks for it. */
export async function elkLayout(graph: Graph): Promise<Layout> {
  const [{ default: Elk }, { default: workerUrl }] = await Promise.all([
    import('elkjs/lib/elk-api.js'),
    import('elkjs/lib/elk-worker.min.js?url'),
  ]);
  const elk = new Elk({ workerFactory: () => new Worker(workerUrl) });
  try {
    const { children = [] } = await elk.layout({
      id: 'flow',
      layoutOptions: OPTIONS,
      children: graph.nodes.map(({ name }) => ({ id: name, ...NODE })),
      edges: graph.edges.map(({ id, from, to }) => ({ id, sources: [from], targets: [to] })),
    });
    const spots: Record<string, Spot> = {};
    for (const { id, x = 0, y = 0 } of children) spots[id] = { x: snap(x), y: snap(y) };
    return spots;
  } finally {
    elk.terminateWorker();
  }
}
