import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFlowChoices } from '../../client/flowChoices';
import { useFilters } from '../../client/place';
import { PageHeader } from '../../components/PageHeader';
import { SavedViews } from '../../components/views/SavedViews';
import { FlowRejects } from './FlowRejects';
import { WaitingFlows } from './WaitingFlows';

const VIEWED = ['flow', 'state', 'cause'];

/** Rows that were set aside, flow by flow: why, and the way to mend and replay them. */
export function RejectsPage() {
  const { t } = useTranslation('rejects');
  const [values, change] = useFilters();
  const { flows, search } = useFlowChoices();
  const flow = values['flow'];
  return (
    <div className="stack">
      <PageHeader title={t('title')} hint={t('hint')}>
        <label className="row">
          {t('flow')}
          <Select
            allowClear
            style={{ minWidth: 260 }}
            placeholder={t('choose_flow')}
            {...search}
            options={flows.map(({ name }) => ({ value: name, label: name }))}
            value={flow ?? null}
            onChange={(next: string | null) => change({ flow: next ?? '', cause: '' })}
          />
        </label>
      </PageHeader>
      <SavedViews list="rejects" keys={VIEWED} values={values} onFilter={change} />
      {flow ? <FlowRejects key={flow} flow={flow} /> : <WaitingFlows />}
    </div>
  );
}
