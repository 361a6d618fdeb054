import { Button, Input, Popover, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { setExpressions } from '../../mapping/edits';
import { literalSql } from '../../mapping/quick';
import type { RowFilter } from '../../mapping/search';
import type { TargetRow } from '../../mapping/state';
import { useModel } from './model';

type Props = {
  query: string;
  filter: RowFilter;
  shown: TargetRow[];
  picked: string[];
  onQuery: (query: string) => void;
  onFilter: (filter: RowFilter) => void;
  onPicked: (names: string[]) => void;
};

function Constant({ rows }: { rows: TargetRow[] }) {
  const { t } = useTranslation('mapping');
  const { act, step, readOnly } = useModel();
  const [typed, setTyped] = useState('');
  const [open, setOpen] = useState(false);
  const write = () => {
    const all = rows.map(
      ({ name, column }) => [name, literalSql(typed, column?.type ?? '')] as const,
    );
    if (act((text) => setExpressions(text, step, new Map(all)))) setOpen(false);
  };
  return (
    <Popover
      trigger="click"
      open={open}
      onOpenChange={setOpen}
      content={
        <div className="row">
          <Input
            size="small"
            style={{ width: 180 }}
            aria-label={t('form.value')}
            placeholder={t('form.value')}
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
            onPressEnter={write}
          />
          <Button size="small" type="primary" onClick={write}>
            {t('table.write')}
          </Button>
        </div>
      }
    >
      <Button size="small" disabled={readOnly || rows.length === 0}>
        {t('table.constant')}
      </Button>
    </Popover>
  );
}

/** Search, filters, and what is done to the picked rows. */
export function TableBar(props: Props) {
  const { t } = useTranslation('mapping');
  const { clear, readOnly } = useModel();
  const { picked, shown } = props;
  const filters: RowFilter[] = ['all', 'unmapped', 'problems'];
  return (
    <div className="table-bar row">
      <Input
        allowClear
        size="small"
        style={{ width: 200 }}
        aria-label={t('search.target')}
        placeholder={t('search.target')}
        value={props.query}
        onChange={({ target }) => props.onQuery(target.value)}
      />
      <Segmented<RowFilter>
        size="small"
        aria-label={t('filter.label')}
        value={props.filter}
        options={filters.map((value) => ({
          value,
          label: t(`filter.${value}` as 'filter.all'),
        }))}
        onChange={props.onFilter}
      />
      <span className="soft grow">
        {picked.length > 0
          ? t('table.picked', { count: picked.length })
          : t('table.rows', { count: shown.length })}
      </span>
      <Constant rows={shown.filter(({ name }) => picked.includes(name))} />
      <Button
        size="small"
        disabled={readOnly || picked.length === 0}
        onClick={() => {
          clear(picked);
          props.onPicked([]);
        }}
      >
        {t('table.clear')}
      </Button>
    </div>
  );
}
