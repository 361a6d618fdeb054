import { read, type FlowDocument } from '../document/flow';

const REMEMBERED = 4;
const remembered = new Map<string, FlowDocument>();

/** The flow in a text. The parts of the editor all ask about the same few texts. */
export function flowOf(text: string): FlowDocument {
  const known = remembered.get(text);
  if (known) return known;
  const flow = read(text);
  remembered.set(text, flow);
  const oldest = remembered.keys().next().value;
  if (remembered.size > REMEMBERED && oldest !== undefined) remembered.delete(oldest);
  return flow;
}
