import { Select } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Preview } from '../client/types';
import { CopyButton } from './CopyButton';
import { EmptyHint } from './EmptyHint';
import { GridBody } from './grid/GridBody';
import { columnText, rowText, type Cell } from './grid/cells';
import { count } from './times';
import './grid/grid.css';

type Props = { preview: Preview; height?: number };

function Scope({ preview }: { preview: Preview }) {
  const { t, i18n } = useTranslation('common');
  const rows = count(preview.sampled_rows, i18n.language);
  return (
    <span className="soft">
      {t(preview.of === 'all' ? 'grid.of_all' : 'grid.of_sample', { rows })}
      {preview.partial && ` · ${t('grid.partial')}`}
    </span>
  );
}

function Picked({ preview, cell }: { preview: Preview; cell: Cell }) {
  const { t } = useTranslation('common');
  const column = preview.columns[cell.column];
  const row = preview.rows[cell.row];
  if (!column || !row) return null;
  const value = row[cell.column] ?? null;
  return (
    <div className="grid-picked row">
      <code>{column.name}</code>
      <code className={value === null ? 'grow soft' : 'grow'}>{value ?? t('grid.null')}</code>
      <CopyButton text={value ?? ''} label={t('grid.copy_cell')} />
      <CopyButton text={rowText(preview, cell.row)} label={t('grid.copy_row')} />
      <CopyButton text={columnText(preview, cell.column)} label={t('grid.copy_column')} />
    </div>
  );
}

/** Rows of a dataset or a step, each column under its profile; only what is visible is drawn. */
export function DataGrid({ preview, height = 420 }: Props) {
  const { t } = useTranslation('common');
  const [cell, setCell] = useState<Cell>({ row: 0, column: 0 });
  const choices = useMemo(
    () => preview.columns.map(({ name }, index) => ({ value: index, label: name })),
    [preview.columns],
  );
  if (preview.columns.length > 0 && preview.rows.length === 0) {
    const because = preview.empty_because ?? 'no_rows';
    return (
      <EmptyHint
        title={t('grid.empty')}
        hint={t(`grid.empty_because.${because}`, { defaultValue: because })}
      />
    );
  }
  return (
    <div className="stack tight">
      <div className="row spread">
        <Scope preview={preview} />
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          style={{ width: 240, maxWidth: '100%' }}
          placeholder={t('grid.jump')}
          aria-label={t('grid.jump')}
          options={choices}
          value={null}
          onChange={(column: number | null) => {
            if (column !== null) setCell({ row: cell.row, column });
          }}
        />
      </div>
      <GridBody preview={preview} height={height} cell={cell} onCell={setCell} />
      <Picked preview={preview} cell={cell} />
    </div>
  );
}
