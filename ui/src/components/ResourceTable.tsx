import { Button, Skeleton, Table } from 'antd';
import type { TableColumnsType, TableProps } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Listing } from '../client/queries';
import type { ViewList } from '../client/types';
import { EmptyHint, type EmptyText } from './EmptyHint';
import { Failure } from './Failure';
import { FilterBar, type Filter } from './FilterBar';
import { SavedViews } from './views/SavedViews';
import './resource-table.css';

type Props<T> = {
  label: string;
  listing: Listing<T>;
  columns: TableColumnsType<T>;
  rowKey: (row: T) => string;
  filters?: Filter[];
  values?: Record<string, string>;
  onFilter?: (change: Record<string, string>) => void;
  /** Whose saved views stand above the filters. */
  views?: ViewList;
  empty: EmptyText;
  toolbar?: ReactNode;
  selection?: TableProps<T>['rowSelection'];
  expand?: TableProps<T>['expandable'];
};

function Waiting() {
  return (
    <div className="table-waiting" aria-busy>
      {[92, 78, 85, 64, 80].map((width) => (
        <Skeleton.Input key={width} active size="small" style={{ width: `${width}%` }} />
      ))}
    </div>
  );
}

function More<T>({ listing }: { listing: Listing<T> }) {
  const { t } = useTranslation('common');
  return (
    <div className="table-more row spread">
      <span className="soft">
        {t(listing.hasNextPage ? 'table.shown_so_far' : 'table.shown_all', {
          count: listing.items.length,
        })}
      </span>
      {listing.hasNextPage && (
        <Button loading={listing.isFetchingNextPage} onClick={() => listing.fetchNextPage()}>
          {t('table.more')}
        </Button>
      )}
    </div>
  );
}

/**
 * A list of things: pages come from the server as they are asked for, filters live with the caller,
 * an empty list says what to do, a failed one says why and lets one try again.
 */
export function ResourceTable<T extends object>(props: Props<T>) {
  const { label, listing, columns, rowKey, filters = [], values = {}, onFilter, empty } = props;
  const { t } = useTranslation('common');
  const filtered = filters.some(({ key }) => values[key]);
  const nothing = !listing.isPending && !listing.error && listing.items.length === 0;
  return (
    <section className="stack" aria-label={label}>
      {props.views && onFilter && (
        <SavedViews
          list={props.views}
          keys={filters.map(({ key }) => key)}
          values={values}
          onFilter={onFilter}
        />
      )}
      {(filters.length > 0 || props.toolbar) && (
        <div className="row spread">
          {onFilter && <FilterBar filters={filters} values={values} onChange={onFilter} />}
          {props.toolbar}
        </div>
      )}
      <Failure error={listing.error} onRetry={() => listing.refetch()} />
      <div className="panel flush">
        {listing.isPending && !listing.error && <Waiting />}
        {nothing &&
          (filtered ? (
            <EmptyHint title={t('table.none_match')} hint={t('table.none_match_hint')} />
          ) : (
            <EmptyHint {...empty} />
          ))}
        {listing.items.length > 0 && (
          <>
            <Table<T>
              columns={columns}
              dataSource={listing.items}
              rowKey={rowKey}
              pagination={false}
              size="middle"
              scroll={{ x: 'max-content' }}
              {...(props.selection ? { rowSelection: props.selection } : {})}
              {...(props.expand ? { expandable: props.expand } : {})}
            />
            <More listing={listing} />
          </>
        )}
      </div>
    </section>
  );
}
