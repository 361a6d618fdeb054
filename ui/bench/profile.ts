/** A CPU profile as Chromium hands it over. */
export interface Profile {
  nodes: {
    id: number;
    callFrame: { functionName: string; url: string; lineNumber: number; columnNumber: number };
    children?: number[];
  }[];
  samples?: number[];
  timeDeltas?: number[];
}

const SHOWN = 35;

/** In which functions the time went, themselves and with all they called; recursion counts once. */
export function spentIn({ nodes, samples = [], timeDeltas = [] }: Profile): string {
  const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
  const callers = new Map(
    nodes.flatMap(({ id, children }) => (children ?? []).map((c) => [c, id])),
  );
  const own = new Map<string, number>();
  const all = new Map<string, number>();
  samples.forEach((id, i) => {
    const millis = (timeDeltas[i] ?? 0) / 1000;
    add(own, names.get(id) ?? '', millis);
    const seen = new Set<string>();
    for (let at: number | undefined = id; at !== undefined; at = callers.get(at)) {
      seen.add(names.get(at) ?? '');
    }
    for (const name of seen) add(all, name, millis);
  });
  return `${listed(own)}\n-- with all they called --\n${listed(all)}`;
}

/** How long each kind of work took on the threads of the browser, of a trace of it. */
export function tracedIn(trace: Buffer): string {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  const threads = new Map(
    traceEvents
      .filter(({ name }) => name === 'thread_name')
      .map(({ pid, tid, args }) => [`${pid} ${tid}`, args?.name ?? '']),
  );
  const spent = new Map<string, number>();
  for (const { ph, pid, tid, name, dur } of traceEvents) {
    if (ph === 'X' && dur) add(spent, `${threads.get(`${pid} ${tid}`)}: ${name}`, dur / 1000);
  }
  return listed(spent);
}

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  dur?: number;
  args?: { name?: string };
}

function nameOf({ functionName, url, lineNumber, columnNumber }: Profile['nodes'][0]['callFrame']) {
  return `${functionName || '(anonymous)'} ${url.split('/').at(-1)}:${lineNumber}:${columnNumber}`;
}

function add(spent: Map<string, number>, name: string, millis: number) {
  spent.set(name, (spent.get(name) ?? 0) + millis);
}

function listed(spent: Map<string, number>): string {
  const most = [...spent].sort((a, b) => b[1] - a[1]).slice(0, SHOWN);
  return most.map(([name, millis]) => `${millis.toFixed(0)} ms ${name}`).join('\n');
}
