import { SaveOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { at } from '../../client/api';
import { useProject, type Filters } from '../../client/place';
import { useThing } from '../../client/queries';
import type { Page, SavedView, ViewList } from '../../client/types';
import { Failure } from '../Failure';
import { changeTo, isSame, setOf } from './filters';
import { SaveView } from './SaveView';
import { ViewChip } from './ViewChip';

type Props = {
  list: ViewList;
  /** The filters a view is made of. */
  keys: string[];
  values: Filters;
  onFilter: (change: Filters) => void;
};

/** Filters that were saved under a name, a click away; and the way to save those that are set. */
export function SavedViews({ list, keys, values, onFilter }: Props) {
  const { t } = useTranslation('common');
  const path = at('projects', useProject(), 'views');
  const views = useThing<Page<SavedView>>(path, { query: { list } });
  const [saving, setSaving] = useState(false);
  const filters = setOf(keys, values);
  const items = views.data?.items ?? [];
  const picked = items.find((one) => isSame(one.filters, filters));
  const isNew = Object.keys(filters).length > 0 && !picked && views.isSuccess;
  if (views.error) return <Failure error={views.error} onRetry={() => void views.refetch()} />;
  if (items.length === 0 && !isNew) return null;
  return (
    <div className="row" role="group" aria-label={t('views.label')}>
      {items.map((view) => (
        <ViewChip
          key={view.id}
          view={view}
          picked={view === picked}
          onPick={() => onFilter(changeTo(keys, view === picked ? {} : view.filters))}
        />
      ))}
      {isNew && (
        <Button size="small" type="dashed" icon={<SaveOutlined />} onClick={() => setSaving(true)}>
          {t('views.save')}
        </Button>
      )}
      {saving && <SaveView list={list} filters={filters} onClose={() => setSaving(false)} />}
    </div>
  );
}
