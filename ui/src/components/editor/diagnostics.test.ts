import { Text } from '@codemirror/state';
import { expect, it } from 'vitest';
import { diagnosticsOf } from './diagnostics';

const text = Text.of(['a: 1', 'b: 22', '']);

it('marks from the column to the end of the line, and only lines that exist', () => {
  const problems = [
    { code: 'A', message: 'm', fix: 'f', line: 2, column: 4 },
    { code: 'B', message: 'm', line: 9 },
    { code: 'C', message: 'm' },
    { code: 'D', message: 'm', line: 1, column: 99 },
  ];
  expect(diagnosticsOf(problems, text)).toEqual([
    { from: 8, to: 10, severity: 'error', message: 'm; f' },
    { from: 4, to: 4, severity: 'error', message: 'm' },
  ]);
});
