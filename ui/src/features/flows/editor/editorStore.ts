import { createStore } from 'zustand/vanilla';
import { sampleKeys } from '../../../canvas/graph';
import { begin, changed, redone, undone, type Draft, type History } from '../../../canvas/history';
import { layoutFrom, moved, renamed, type Layout } from '../../../canvas/layout';
import type { FlowCheck, Preview, StoredDocument } from '../../../client/types';
import { read, type FlowDocument, type TextProblem } from '../../../document/flow';
import { EditRefused } from '../../../document/refused';
import type { Ran } from '../runs/ran';

export type View = 'canvas' | 'list';

/** What the figures on lines are of. */
export type Figures = 'run' | 'sample';

/** Rows a step gave, and the key of the settings they were taken under. */
export interface Sample {
  key: string;
  preview: Preview;
}

export interface EditorState {
  project: string;
  name: string;
  history: History;
  /** The text that was read last: while somebody types it is behind the present one for a moment. */
  read: string;
  /** What the last text that could be read says; the canvas shows it while one is broken. */
  flow: FlowDocument;
  broken: TextProblem[];
  /** What the server has: compared with the present to know what is unsaved. */
  saved: Draft;
  stored: StoredDocument;
  selected: readonly string[];
  /** The step whose panel is open. */
  open: string | undefined;
  view: View;
  yaml: boolean;
  /** A line of the YAML to bring into view. */
  line: { line: number } | undefined;
  /** A line to show without going there. */
  follow: { line: number } | undefined;
  locked: boolean;
  refused: EditRefused | undefined;
  notice: { key: string; values: Record<string, string> } | undefined;
  check: { text: string; result: FlowCheck } | undefined;
  /** The text whose check was answered last, or was refused one. */
  checked: { text: string; failed?: unknown };
  samples: ReadonlyMap<string, Sample>;
  pins: ReadonlyMap<string, Preview>;
  /** Keys of what each step would give now; see `sampleKeys`. */
  keys: ReadonlyMap<string, string>;
  /** The last run of the flow. */
  ran: Ran | undefined;
  /** What was chosen to be shown; undefined while nobody has chosen. */
  figures: Figures | undefined;
}

export interface EditorActions {
  /** Applies an edit; a refusal is shown and changes nothing. */
  edit: (change: (text: string) => string, joining?: string) => boolean;
  /** Takes a text as it is typed; what it says is read when the typing pauses. */
  setText: (text: string) => void;
  /** Reads the present text now, if it has not been. */
  settle: () => void;
  rename: (old: string, name: string, change: (text: string) => string) => boolean;
  move: (spots: Layout, joining?: string) => void;
  undo: () => void;
  redo: () => void;
  select: (names: readonly string[]) => void;
  show: (change: Partial<EditorState>) => void;
  pin: (step: string, preview: Preview | undefined) => void;
  keepSample: (step: string, sample: Sample) => void;
  /** Takes over what the server answered to a save or a load. */
  takeSaved: (stored: StoredDocument, draft: Draft) => void;
  /** Shows what the server has and begins with it anew. */
  reload: (stored: StoredDocument) => void;
  /** Takes what the server has for the draft; undo brings the draft back. */
  giveWay: (stored: StoredDocument) => void;
}

export type Editor = EditorState & EditorActions;
export type EditorStore = ReturnType<typeof createEditor>;

/** Reading a long flow takes longer than a key is held. */
const TYPING_PAUSE_MS = 250;

function seen(text: string, before?: FlowDocument) {
  const flow = read(text);
  const shown = flow.problems.length > 0 && before ? before : flow;
  return { read: text, broken: flow.problems, flow: shown };
}

function startOf(stored: StoredDocument) {
  const draft = { text: stored.text, layout: layoutFrom(stored.layout) };
  const now = seen(draft.text);
  return { history: begin(draft), saved: draft, stored, ...now, keys: sampleKeys(now.flow) };
}

export function createEditor(project: string, stored: StoredDocument) {
  return createStore<Editor>()((set, get) => {
    let pause: ReturnType<typeof setTimeout> | undefined;
    const take = (history: History) => {
      const { flow: before, pins, open, selected } = get();
      const now = seen(history.present.text, before);
      const names = new Set(now.flow.steps.map((step) => step.name));
      set({
        history,
        ...now,
        keys: sampleKeys(now.flow, pinKeys(pins)),
        open: open !== undefined && names.has(open) ? open : undefined,
        selected: selected.filter((name) => names.has(name)),
        refused: undefined,
        notice: undefined,
      });
    };
    const put = (draft: Draft, joining?: string) => take(changed(get().history, draft, joining));
    const edit: EditorActions['edit'] = (change, joining) => {
      const { history, locked } = get();
      if (locked) return false;
      try {
        put({ ...history.present, text: change(history.present.text) }, joining);
        return true;
      } catch (refused) {
        if (!(refused instanceof EditRefused)) throw refused;
        set({ refused });
        return false;
      }
    };
    return {
      project,
      name: stored.name,
      ...startOf(stored),
      selected: [],
      open: undefined,
      view: 'canvas',
      yaml: true,
      line: undefined,
      follow: undefined,
      locked: false,
      refused: undefined,
      notice: undefined,
      check: undefined,
      checked: { text: '' },
      samples: new Map(),
      pins: new Map(),
      ran: undefined,
      figures: undefined,
      edit,
      setText: (text) => {
        const { history, locked, settle } = get();
        if (locked) return;
        set({ history: changed(history, { ...history.present, text }, 'typing') });
        clearTimeout(pause);
        pause = setTimeout(settle, TYPING_PAUSE_MS);
      },
      settle: () => {
        clearTimeout(pause);
        const { history, read: known } = get();
        if (known !== history.present.text) take(history);
      },
      rename: (old, name, change) => {
        const { history, open, selected } = get();
        if (!edit(change)) return false;
        const text = get().history.present.text;
        const layout = renamed(history.present.layout, old, name);
        set({ history: { ...get().history, present: { text, layout } } });
        const fresh = (one: string) => (one === old ? name : one);
        set({ open: open && fresh(open), selected: selected.map(fresh) });
        return true;
      },
      move: (spots, joining) => {
        const { history, locked } = get();
        if (locked) return;
        const layout = moved(history.present.layout, spots);
        set({ history: changed(history, { text: history.present.text, layout }, joining) });
      },
      undo: () => get().locked || take(undone(get().history)),
      redo: () => get().locked || take(redone(get().history)),
      select: (names) => {
        const { selected } = get();
        const same =
          names.length === selected.length && names.every((name, i) => name === selected[i]);
        if (!same) set({ selected: names });
      },
      show: (change) => set(change),
      pin: (step, preview) => {
        const pins = new Map(get().pins);
        if (preview) pins.set(step, preview);
        else pins.delete(step);
        set({ pins, keys: sampleKeys(get().flow, pinKeys(pins)) });
      },
      keepSample: (step, sample) => {
        const samples = new Map(get().samples);
        samples.set(step, sample);
        set({ samples });
      },
      takeSaved: (next, draft) => set({ stored: next, saved: draft }),
      reload: (next) => set({ ...startOf(next), selected: [], refused: undefined }),
      giveWay: (next) => {
        const { history, reload } = get();
        reload(next);
        set({ history: changed(history, get().saved) });
      },
    };
  });
}

function pinKeys(pins: ReadonlyMap<string, Preview>): Map<string, string> {
  return new Map([...pins].map(([step, { rows }]) => [step, `pinned:${JSON.stringify(rows)}`]));
}

/** Until somebody chooses: rows that were moved, where any were. */
export function figuresOf({ figures, ran }: EditorState): Figures {
  return figures ?? (ran ? 'run' : 'sample');
}

export function isChecking({ broken, flow, checked, read: text }: EditorState): boolean {
  return broken.length === 0 && !flow.blank && checked.text !== text;
}

export function isDirty({ history: { present }, saved }: EditorState): boolean {
  return present.text !== saved.text || present.layout !== saved.layout;
}

export function isReadOnly({ locked, broken }: EditorState): boolean {
  return locked || broken.length > 0;
}
