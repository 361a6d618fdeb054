/** Plain arithmetic on text; nothing here knows YAML. */

export interface Splice {
  from: number;
  to: number;
  insert: string;
}

/** Applies splices that do not overlap, in any order. */
export function splice(text: string, ...parts: Splice[]): string {
  const sorted = [...parts].sort((a, b) => b.from - a.from || b.to - a.to);
  return sorted.reduce((now, one) => now.slice(0, one.from) + one.insert + now.slice(one.to), text);
}

/** The line ending the text uses most at its beginning. */
export function eolOf(text: string): '\r\n' | '\n' {
  const first = text.indexOf('\n');
  return first > 0 && text[first - 1] === '\r' ? '\r\n' : '\n';
}

const BOM = '\uFEFF';

export function lineStart(text: string, at: number): number {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  return start === 0 && text.startsWith(BOM) ? Math.min(at, 1) : start;
}

/** Where the line ends, before its line ending. */
export function lineEnd(text: string, at: number): number {
  const next = text.indexOf('\n', at);
  const end = next < 0 ? text.length : next;
  return end > at && text[end - 1] === '\r' ? end - 1 : end;
}

/** Where the next line begins; the end of the text when there is none. */
export function nextLine(text: string, at: number): number {
  const next = text.indexOf('\n', at);
  return next < 0 ? text.length : next + 1;
}

export function column(text: string, at: number): number {
  return at - lineStart(text, at);
}

/** Line number from 1, as people count. */
export function lineOf(text: string, at: number): number {
  let line = 1;
  for (let i = text.indexOf('\n'); i >= 0 && i < at; i = text.indexOf('\n', i + 1)) line++;
  return line;
}

/** Editors count every line ending as one sign; documents do not. */
export function normalised(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

/**
 * Takes over what was edited in an editor that only knows `\n`, and leaves the line endings of
 * every line that was not touched as they are, mixed ones too.
 */
export function withLineEndings(original: string, edited: string): string {
  if (!original.includes('\r')) return edited;
  const before = normalised(original);
  if (before === edited) return original;
  const most = Math.min(before.length, edited.length);
  let head = 0;
  while (head < most && before[head] === edited[head]) head++;
  let tail = 0;
  while (
    tail < most - head &&
    before[before.length - 1 - tail] === edited[edited.length - 1 - tail]
  ) {
    tail++;
  }
  const inserted = edited.slice(head, edited.length - tail).replaceAll('\n', eolOf(original));
  const from = originalOffset(original, head);
  const to = originalOffset(original, before.length - tail);
  return original.slice(0, from) + inserted + original.slice(to);
}

function originalOffset(original: string, at: number): number {
  let offset = 0;
  for (let seen = 0; seen < at; seen++) {
    offset += original[offset] === '\r' && original[offset + 1] === '\n' ? 2 : 1;
  }
  return offset;
}
