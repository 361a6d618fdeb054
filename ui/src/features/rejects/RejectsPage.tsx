import { Link } from '@tanstack/react-router';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { at } from '../../client/api';
import { useFilters, useProject } from '../../client/place';
import { useThing } from '../../client/queries';
import type { DocumentEntry, Page } from '../../client/types';
import { EmptyHint } from '../../components/EmptyHint';
import { PageHeader } from '../../components/PageHeader';
import { SavedViews } from '../../components/views/SavedViews';
import { FlowRejects } from './FlowRejects';

const VIEWED = ['flow', 'state', 'cause'];

/** Rows that were set aside, flow by flow: why, and the way to mend and replay them. */
export function RejectsPage() {
  const { t } = useTranslation('rejects');
  const project = useProject();
  const [values, change] = useFilters();
  const flows = useThing<Page<DocumentEntry>>(at('projects', project, 'flows'), {
    query: { limit: 200 },
  });
  const flow = values['flow'];
  return (
    <div className="stack">
      <PageHeader title={t('title')} hint={t('hint')}>
        <label className="row">
          {t('flow')}
          <Select
            showSearch
            style={{ minWidth: 260 }}
            placeholder={t('choose_flow')}
            options={(flows.data?.items ?? []).map(({ name, last_run }) => ({
              value: name,
              label:
                last_run?.state === 'rejected' ? `${name} · ${t('common:state.rejected')}` : name,
            }))}
            value={flow ?? null}
            onChange={(next: string | null) => change({ flow: next ?? '', cause: '' })}
          />
        </label>
      </PageHeader>
      <SavedViews list="rejects" keys={VIEWED} values={values} onFilter={change} />
      {flow ? (
        <FlowRejects key={flow} flow={flow} />
      ) : (
        <div className="panel">
          <EmptyHint
            title={t('choose_flow')}
            hint={t('choose_hint')}
            action={
              <Link to="/p/$project/runs" params={{ project }} search={{ state: 'rejected' }}>
                {t('to_runs')}
              </Link>
            }
          />
        </div>
      )}
    </div>
  );
}
