import type { Layout } from './layout';

/** What one undo takes back: the text and where its nodes stand, together. */
export interface Draft {
  text: string;
  layout: Layout;
}

export interface History {
  past: Draft[];
  present: Draft;
  future: Draft[];
  /** What the last change was about; the next of the same kind joins it. */
  joining?: string | undefined;
}

const DRAFTS_MAX = 500;
const SIGNS_MAX = 50_000_000;

export function begin(draft: Draft): History {
  return { past: [], present: draft, future: [] };
}

/**
 * @param joining changes in a row with the same word are one step of undo, such as typing
 */
export function changed(history: History, draft: Draft, joining?: string): History {
  const { present } = history;
  if (draft.text === present.text && draft.layout === present.layout) return history;
  if (joining !== undefined && joining === history.joining) {
    return { ...history, present: draft, future: [] };
  }
  return { past: bounded([...history.past, present]), present: draft, future: [], joining };
}

/** The oldest drafts go first, by number and by size. */
function bounded(past: Draft[]): Draft[] {
  let signs = 0;
  let kept = 0;
  for (let i = past.length - 1; i >= 0 && kept < DRAFTS_MAX; i--) {
    signs += past[i]!.text.length;
    if (signs > SIGNS_MAX) break;
    kept++;
  }
  return past.slice(past.length - kept);
}

export function undone(history: History): History {
  const before = history.past.at(-1);
  if (!before) return history;
  const future = [history.present, ...history.future];
  return { past: history.past.slice(0, -1), present: before, future };
}

export function redone(history: History): History {
  const [next, ...future] = history.future;
  if (!next) return history;
  return { past: [...history.past, history.present], present: next, future };
}
