import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Listing } from '../client/queries';
import type { DatasetEntry } from '../client/types';
import { count } from './times';
import './dataset-list.css';

type Props = {
  label: string;
  list: Listing<DatasetEntry>;
  picked: string | undefined;
  onPick: (dataset: string) => void;
};

/** The datasets behind a connection, one of them picked. */
export function DatasetList({ label, list, picked, onPick }: Props) {
  const { t, i18n } = useTranslation('common');
  return (
    <>
      <ul className="dataset-list" aria-label={label}>
        {list.items.map(({ name, comment, rows_estimate }) => (
          <li key={name}>
            <button type="button" aria-pressed={name === picked} onClick={() => onPick(name)}>
              <code>{name}</code>
              <small>
                {comment}{' '}
                {rows_estimate != null &&
                  t('about_rows', { rows: count(rows_estimate, i18n.language) })}
              </small>
            </button>
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button block type="text" onClick={() => void list.fetchNextPage()}>
          {t('table.more')}
        </Button>
      )}
    </>
  );
}
