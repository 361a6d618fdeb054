import type { FlowDocument, Input, Step, StepKind } from '../document/flow';
import type { Value } from '../document/parse';

/** Arithmetic on the graph of a flow; nothing here draws. */

export interface GraphNode {
  name: string;
  kind: StepKind | undefined;
}

export interface GraphEdge {
  id: string;
  from: string;
  to: string;
  word: Input['word'];
}

export interface Graph {
  nodes: GraphNode[];
  edges: GraphEdge[];
  /** Edges by the step they leave, and by the step they come to. */
  out: Map<string, GraphEdge[]>;
  into: Map<string, GraphEdge[]>;
}

/** Inputs that name no step have no edge; the step itself shows them. */
export function graphOf(flow: FlowDocument): Graph {
  const nodes = flow.steps.map(({ name, kind }) => ({ name, kind }));
  const edges = flow.steps.flatMap((step) =>
    step.inputs
      .filter((input) => input.known)
      .map((input) => edge(input.step, step.name, input.word)),
  );
  return { nodes, edges, out: by(edges, 'from'), into: by(edges, 'to') };
}

function edge(from: string, to: string, word: Input['word']): GraphEdge {
  return { id: `${from}→${to}`, from, to, word };
}

function by(edges: GraphEdge[], end: 'from' | 'to'): Map<string, GraphEdge[]> {
  const found = new Map<string, GraphEdge[]>();
  for (const one of edges) {
    const list = found.get(one[end]);
    if (list) list.push(one);
    else found.set(one[end], [one]);
  }
  return found;
}

export function downstream(graph: Graph, name: string): Set<string> {
  return follow(name, (at) => (graph.out.get(at) ?? []).map((one) => one.to));
}

/** The write steps that rows of a step come to, itself among them: those a run from it is of. */
export function writesFrom(graph: Graph, name: string): string[] {
  const below = downstream(graph, name);
  return graph.nodes
    .filter((node) => node.kind === 'write' && (node.name === name || below.has(node.name)))
    .map((node) => node.name);
}

export function upstream(graph: Graph, name: string): Set<string> {
  return follow(name, (at) => (graph.into.get(at) ?? []).map((one) => one.from));
}

function follow(name: string, next: (at: string) => string[]): Set<string> {
  const seen = new Set<string>();
  const open = next(name);
  while (open.length > 0) {
    const at = open.pop()!;
    if (seen.has(at)) continue;
    seen.add(at);
    open.push(...next(at));
  }
  seen.delete(name);
  return seen;
}

/** Steps in an order in which each stands behind its inputs; those in a circle come last. */
export function inOrder(graph: Graph): { order: string[]; circle: string[] } {
  const missing = new Map(graph.nodes.map(({ name }) => [name, graph.into.get(name)?.length ?? 0]));
  const order: string[] = [];
  const ready = graph.nodes.map(({ name }) => name).filter((name) => missing.get(name) === 0);
  for (let i = 0; i < ready.length; i++) {
    const name = ready[i]!;
    order.push(name);
    for (const { to } of graph.out.get(name) ?? []) {
      const left = (missing.get(to) ?? 0) - 1;
      missing.set(to, left);
      if (left === 0) ready.push(to);
    }
  }
  const done = new Set(order);
  return { order, circle: graph.nodes.map(({ name }) => name).filter((name) => !done.has(name)) };
}

/**
 * A key for what a step would give: its own settings and the keys of everything above it. A sample
 * taken under another key is stale. Names, comments and order of words do not count.
 */
export function sampleKeys(flow: FlowDocument, pins: ReadonlyMap<string, string> = new Map()) {
  const graph = graphOf(flow);
  const steps = new Map(flow.steps.map((step) => [step.name, step]));
  const keys = new Map<string, string>();
  const { order, circle } = inOrder(graph);
  for (const name of [...order, ...circle]) {
    const step = steps.get(name)!;
    const above = step.inputs.map((input) => `${input.step}=${keys.get(input.step) ?? '?'}`);
    keys.set(name, hash(`${pins.get(name) ?? ownText(step)}|${above.join(',')}`));
  }
  return keys;
}

function ownText(step: Step): string {
  return [...step.settings]
    .map(([word, value]) => `${word}:${plain(value)}`)
    .sort()
    .join('\n');
}

function plain(value: Value): string {
  if (value instanceof Map) {
    return JSON.stringify([...value].map(([key, one]) => [key, plain(one)]));
  }
  return JSON.stringify(Array.isArray(value) ? value.map(plain) : value);
}

/** Two independent 32-bit sums; enough to tell a few hundred versions of a draft apart. */
export function hash(text: string): string {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return (b >>> 0).toString(36) + (a >>> 0).toString(36);
}
