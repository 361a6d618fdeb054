import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { visible } from '../../mapping/geometry';
import { findRows, type RowFilter } from '../../mapping/search';
import { useModel } from './model';
import { TableBar } from './TableBar';
import { TableRow } from './TableRow';
import { usePane } from './usePane';

const ROW_PX = 46;

/** The same mapping as a table: one target column a row, for many columns and for screen readers. */
export function MappingTable() {
  const { t } = useTranslation('mapping');
  const { rows, failing } = useModel();
  const [query, setQuery] = useState('');
  const [filter, setFilter] = useState<RowFilter>('all');
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [pane, box, look] = usePane(ROW_PX);
  const shown = useMemo(
    () => findRows(query, rows, filter, failing),
    [query, rows, filter, failing],
  );
  const { first, last } = visible(shown.length, pane, 6);
  const names = shown.map(({ name }) => name);
  const chosen = names.filter((name) => picked.has(name));
  const pick = useCallback((name: string) => {
    setPicked((old) => {
      const next = new Set(old);
      if (!next.delete(name)) next.add(name);
      return next;
    });
  }, []);
  const heads = ['target', 'expression', 'source', 'samples', 'state'] as const;
  return (
    <div className="mapping-table-view">
      <TableBar
        query={query}
        filter={filter}
        shown={shown}
        picked={chosen}
        onQuery={setQuery}
        onFilter={setFilter}
        onPicked={(all) => setPicked(new Set(all))}
      />
      <div ref={box} className="mapping-table" onScroll={look}>
        <div role="table" aria-label={t('table.label')} aria-rowcount={shown.length + 1}>
          <div role="row" className="table-row head" aria-rowindex={1}>
            <span role="columnheader" className="pick">
              <input
                type="checkbox"
                aria-label={t('table.pick_all')}
                checked={chosen.length > 0 && chosen.length === names.length}
                onChange={() => setPicked(new Set(chosen.length === names.length ? [] : names))}
              />
            </span>
            {heads.map((head) => (
              <span role="columnheader" key={head}>
                {t(`table.${head}` as 'table.target')}
              </span>
            ))}
          </div>
          <div role="rowgroup" style={{ height: shown.length * ROW_PX, position: 'relative' }}>
            {shown.slice(first, last).map((row, i) => (
              <TableRow
                key={row.name}
                row={row}
                index={first + i}
                top={(first + i) * ROW_PX}
                height={ROW_PX}
                picked={picked.has(row.name)}
                onPick={pick}
              />
            ))}
          </div>
        </div>
        {shown.length === 0 && <p className="soft table-empty">{t('table.none')}</p>}
      </div>
    </div>
  );
}
