import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Preview } from '../../client/types';
import { isNumeric, moved, type Cell } from './cells';
import { ColumnHead } from './ColumnHead';

const ROW = 30;
const COLUMN = 184;
const NUMBERS = 52;

type Props = { preview: Preview; height: number; cell: Cell; onCell: (cell: Cell) => void };

/** The part of a grid that scrolls: rows and columns outside the window are not in the page. */
export function GridBody({ preview, height, cell, onCell }: Props) {
  const { t } = useTranslation('common');
  const box = useRef<HTMLDivElement>(null);
  const { columns, rows, profile } = preview;
  const headHeight = profile && profile.length > 0 ? 108 : 48;
  const down = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    overscan: 8,
    scrollPaddingStart: headHeight,
  });
  const across = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => box.current,
    estimateSize: () => COLUMN,
    overscan: 2,
    scrollPaddingStart: NUMBERS,
  });
  useEffect(() => {
    if (cell.row < rows.length) down.scrollToIndex(cell.row);
    if (cell.column < columns.length) across.scrollToIndex(cell.column);
    // Only a move of the cell scrolls; a new measurement must not pull the reader back.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [cell.row, cell.column]);
  const shown = across.getVirtualItems();
  const width = across.getTotalSize() + NUMBERS;
  const byName = new Map(profile?.map((column) => [column.name, column]));
  return (
    <div
      ref={box}
      className="grid-box"
      style={{ maxHeight: height }}
      role="grid"
      tabIndex={0}
      aria-label={t('grid.label')}
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length}
      aria-activedescendant={`cell-${cell.row}-${cell.column}`}
      onKeyDown={(event) => {
        const next = moved(cell, event.key, rows.length, columns.length);
        if (!next) return;
        event.preventDefault();
        onCell(next);
      }}
    >
      <div className="grid-head" role="row" style={{ width, height: headHeight }}>
        <div className="grid-corner" style={{ width: NUMBERS }} />
        {shown.map(({ index, start }) => {
          const column = columns[index];
          return column ? (
            <div
              key={index}
              role="columnheader"
              aria-colindex={index + 1}
              className="grid-column"
              style={{ left: start + NUMBERS, width: COLUMN }}
            >
              <ColumnHead column={column} profile={byName.get(column.name)} />
            </div>
          ) : null;
        })}
      </div>
      <div style={{ width, height: down.getTotalSize(), position: 'relative' }}>
        {down.getVirtualItems().map((line) => (
          <div
            key={line.index}
            role="row"
            aria-rowindex={line.index + 2}
            className="grid-row"
            style={{ top: line.start, height: ROW, width }}
          >
            <div className="grid-number" style={{ width: NUMBERS }}>
              {line.index + 1}
            </div>
            {shown.map(({ index, start }) => {
              const value = rows[line.index]?.[index] ?? null;
              const picked = cell.row === line.index && cell.column === index;
              const kind = isNumeric(columns[index]?.type ?? '') ? ' number' : '';
              return (
                <div
                  key={index}
                  id={`cell-${line.index}-${index}`}
                  role="gridcell"
                  aria-selected={picked}
                  className={`grid-cell${kind}${value === null ? ' null' : ''}`}
                  style={{ left: start + NUMBERS, width: COLUMN }}
                  onClick={() => onCell({ row: line.index, column: index })}
                >
                  {value ?? t('grid.null')}
                </div>
              );
            })}
          </div>
        ))}
      </div>
    </div>
  );
}
