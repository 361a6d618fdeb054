import { parseToEdit, nodeAt, valueOf, type Entries, type Path, type Value } from './parse';
import { EditRefused } from './refused';
import { removeAt, setAt } from './tree';

/** Edits of a connection document: the text with one option changed. */

export function readOptions(text: string): Entries {
  const parsed = parseToEdit(text);
  const value = valueOf(nodeAt(parsed, []), parsed.doc);
  return value instanceof Map ? value : new Map<string, Value>();
}

/** @param name of an option, or the path to a part of one */
export function setOption(text: string, name: string | Path, value: Value): string {
  const path = typeof name === 'string' ? [name] : name;
  return checked(setAt(text, path, value));
}

export function removeOption(text: string, name: string | Path): string {
  return checked(removeAt(text, typeof name === 'string' ? [name] : name));
}

function checked(text: string): string {
  if (parseToEdit(text).doc.warnings.length > 0) throw new EditRefused('unsafe');
  return text;
}
