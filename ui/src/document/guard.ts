import { findStep, read } from './flow';
import { nodeAt, parse, parseToEdit, sameValue, valueOf, type Path, type Value } from './parse';
import { EditRefused } from './refused';

/**
 * Looks at what an edit made before anybody sees it: it must still be YAML, and every step that was
 * not meant must say what it said before.
 */
export function guarded(before: string, after: string, touched: readonly string[]): string {
  if (before === after) return after;
  const parsed = parse(after);
  if (parsed.doc.errors.length > 0 || parsed.doc.warnings.length > 0) throw unsafe();
  const now = read(after);
  const meant = new Set(touched);
  for (const step of read(before).steps) {
    const same = sameValue(step.settings, findStep(now, step.name)?.settings);
    if (!meant.has(step.name) && !same) throw unsafe();
  }
  return after;
}

/** The edit must also have done what it was for. */
export function reads(text: string, path: Path, value: Value): string {
  const parsed = parseToEdit(text);
  if (!sameValue(valueOf(nodeAt(parsed, path), parsed.doc), value)) throw unsafe();
  return text;
}

function unsafe(): EditRefused {
  return new EditRefused('unsafe');
}
