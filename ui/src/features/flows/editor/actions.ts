import { putOnClipboard, stepsToCopy, takeFromClipboard } from '../../../canvas/clipboard';
import { graphOf, type GraphEdge } from '../../../canvas/graph';
import { layered, withRoom, type Layout, type Spot } from '../../../canvas/layout';
import { connect, disconnect } from '../../../document/connect';
import type { StepKind } from '../../../document/flow';
import { duplicate, insertBetween, paste } from '../../../document/paste';
import { addStep, removeSteps } from '../../../document/steps';
import type { EditorStore } from './editorStore';
import { newStep } from '../canvas/kinds';

/** What toolbar, canvas, list, menus and shortcuts all do; each is one step of undo. */

/** Where a new step stands belongs to the edit that made it: one undo takes back both. */
function placed(store: EditorStore, change: (layout: Layout) => Layout) {
  const { history } = store.getState();
  const { text, layout } = history.present;
  store.setState({ history: { ...history, present: { text, layout: change(layout) } } });
}

/** Adds a step that takes its rows from `from`, where there is one that gives any. */
export function addOfKind(store: EditorStore, kind: StepKind, from?: string, spot?: Spot) {
  const { flow, edit, show } = store.getState();
  const source = flow.steps.find((step) => step.name === from && step.kind !== 'write');
  const step = newStep(flow, kind, kind === 'read' ? undefined : source?.name);
  if (!edit((text) => addStep(text, step, from))) return;
  if (spot) placed(store, (layout) => ({ ...layout, [step.name]: spot }));
  show({ selected: [step.name], open: step.name });
}

export function addOnEdge(store: EditorStore, kind: StepKind, edge: GraphEdge) {
  const { flow, edit, show } = store.getState();
  const step = newStep(flow, kind, edge.from);
  if (!edit((text) => insertBetween(text, edge.from, edge.to, step))) return;
  placed(store, (layout) =>
    // A flow that was never arranged by hand is laid out anew by itself.
    Object.keys(layout).length > 0 ? withRoom(layout, graphOf(flow), edge.to, step.name) : layout,
  );
  show({ selected: [step.name], open: step.name });
}

export function removeNamed(store: EditorStore, names: readonly string[]) {
  if (names.length === 0) return;
  const { edit, show } = store.getState();
  let mended: string[] = [];
  let dangling: string[] = [];
  const done = edit((text) => {
    const removal = removeSteps(text, names);
    ({ mended, dangling } = removal);
    return removal.text;
  });
  if (!done) return;
  if (dangling.length > 0) show({ notice: notice('dangling', dangling) });
  else if (mended.length > 0) show({ notice: notice('mended', mended) });
}

function notice(key: string, steps: string[]) {
  return { key, values: { steps: steps.join(', ') } };
}

export function join(store: EditorStore, from: string, to: string) {
  store.getState().edit((text) => connect(text, from, to));
}

export function part(store: EditorStore, edges: readonly GraphEdge[]) {
  store
    .getState()
    .edit((text) => edges.reduce((now, { from, to }) => disconnect(now, from, to), text));
}

export function duplicateNamed(store: EditorStore, names: readonly string[]) {
  if (names.length === 0) return;
  let copies: string[] = [];
  const { edit, show } = store.getState();
  const done = edit((text) => {
    const copied = duplicate(text, names);
    copies = [...copied.names.values()];
    return copied.text;
  });
  if (done) show({ selected: copies });
}

export async function copyNamed(store: EditorStore, names: readonly string[]) {
  if (names.length === 0) return;
  const { history } = store.getState();
  await putOnClipboard(stepsToCopy(history.present.text, names));
}

export async function cutNamed(store: EditorStore, names: readonly string[]) {
  await copyNamed(store, names);
  removeNamed(store, names);
}

export async function pasteHere(store: EditorStore) {
  const yaml = await takeFromClipboard();
  if (yaml.trim() === '') return;
  const { edit, show, selected } = store.getState();
  let fresh: string[] = [];
  const done = edit((text) => {
    const pasted = paste(text, yaml, selected.at(-1));
    fresh = [...pasted.names.values()];
    return pasted.text;
  });
  if (done) show({ selected: fresh });
}

/** Lays the nodes out anew; the careful way takes a moment, the quick one is there when it fails. */
export async function layOut(store: EditorStore) {
  const graph = graphOf(store.getState().flow);
  try {
    const { elkLayout } = await import('../../../canvas/elk');
    store.getState().move(await elkLayout(graph));
  } catch {
    store.getState().move(layered(graph));
  }
}

export function selectAll(store: EditorStore) {
  const { flow, select } = store.getState();
  select(flow.steps.map((step) => step.name));
}

/** Opens a step and shows its lines in the YAML. */
export function openStep(store: EditorStore, name: string) {
  const { flow, show } = store.getState();
  const step = flow.steps.find((one) => one.name === name);
  if (step) show({ open: name, selected: [name], follow: { line: step.lines.first } });
}
