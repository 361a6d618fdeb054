import { Text, ChangeSet } from '@codemirror/state';
import { expect, it } from 'vitest';
import { changeTo } from './change';

const PAIRS: [old: string, text: string, inserted: string][] = [
  ['a\nb\nc', 'a\nB\nc', 'B'],
  ['aaa', 'aa', ''],
  ['aa', 'aaa', 'a'],
  ['', 'new', 'new'],
  ['old', '', ''],
  ['steps:\n  a: 1\n', 'steps:\n  a: 1\n  b: 1\n', '  b: 1\n'],
];

it.each(PAIRS)('makes %j into %j by the least change', (old, text, inserted) => {
  const change = changeTo(old, text);
  const made = ChangeSet.of(change, old.length).apply(Text.of(old.split('\n')));
  expect(made.toString()).toBe(text);
  expect((change as { insert: string }).insert.length).toBe(inserted.length);
});
