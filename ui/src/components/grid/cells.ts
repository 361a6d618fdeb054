import type { Preview } from '../../client/types';

export type Cell = { row: number; column: number };

const PAGE_ROWS = 10;

/** Where a key leads from a cell; undefined when the key is not ours. */
export function moved(cell: Cell, key: string, rows: number, columns: number): Cell | undefined {
  const last = { row: rows - 1, column: columns - 1 };
  const steps: Record<string, Cell> = {
    ArrowUp: { ...cell, row: cell.row - 1 },
    ArrowDown: { ...cell, row: cell.row + 1 },
    ArrowLeft: { ...cell, column: cell.column - 1 },
    ArrowRight: { ...cell, column: cell.column + 1 },
    PageUp: { ...cell, row: cell.row - PAGE_ROWS },
    PageDown: { ...cell, row: cell.row + PAGE_ROWS },
    Home: { ...cell, column: 0 },
    End: { ...cell, column: last.column },
  };
  const next = steps[key];
  if (!next) return undefined;
  const within = (value: number, max: number) => Math.max(0, Math.min(value, max));
  return { row: within(next.row, last.row), column: within(next.column, last.column) };
}

export function columnText(preview: Preview, column: number): string {
  return preview.rows.map((row) => row[column] ?? '').join('\n');
}

/** A row as one JSON object, as it would be pasted into a ticket. */
export function rowText(preview: Preview, row: number): string {
  const values = preview.rows[row] ?? [];
  return JSON.stringify(
    Object.fromEntries(preview.columns.map(({ name }, index) => [name, values[index] ?? null])),
  );
}

const NUMERIC = /^(u?int|float|decimal)/;
export const isNumeric = (type: string) => NUMERIC.test(type);
