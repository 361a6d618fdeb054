import { Link, useParams } from '@tanstack/react-router';
import { Skeleton, Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFilters, useProject } from '../../client/place';
import { Failure } from '../../components/Failure';
import { PageHeader } from '../../components/PageHeader';
import { ProblemList } from '../../components/ProblemList';
import { StateTag } from '../../components/StateTag';
import { Attempts } from './Attempts';
import { Figures } from './Figures';
import { Gantt } from './Gantt';
import { LogView } from './LogView';
import { ReceiptView } from './ReceiptView';
import { RunActions } from './RunActions';
import { RunGraph } from './RunGraph';
import { StepTable } from './StepTable';
import { isOver, useRun } from '../../client/useRun';
import { Verdict } from './Verdict';
import { VerificationView } from './VerificationView';

/** One run: what it did step by step, while it does it and afterwards. */
export function RunPage() {
  const { t } = useTranslation('runs');
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const project = useProject();
  const [{ tab = 'steps' }, change] = useFilters();
  const { run, progress, lines, live } = useRun(project, id);
  const failure = <Failure error={run.error} onRetry={() => void run.refetch()} />;
  if (!run.data) return run.error ? failure : <Skeleton active />;
  const { data } = run;
  const steps = data.steps ?? [];
  const tabs = [
    {
      key: 'steps',
      page: <StepTable steps={steps} progress={progress} over={isOver(data.state)} />,
    },
    { key: 'graph', page: <RunGraph project={project} run={data} /> },
    { key: 'gantt', page: <Gantt steps={steps} /> },
    { key: 'log', page: <LogView project={project} id={id} live={lines} steps={steps} /> },
    { key: 'verification', page: <VerificationView project={project} run={data} /> },
    { key: 'attempts', page: <Attempts run={data} /> },
    { key: 'receipt', page: <ReceiptView run={data} /> },
  ];
  return (
    <div className="stack">
      <PageHeader
        title={
          <span className="row">
            <Link to="/p/$project/flows/$name" params={{ project, name: data.flow }}>
              {data.flow}
            </Link>
            <StateTag state={data.state} size="large" />
            {live && <span className="soft run-live">{t('live')}</span>}
          </span>
        }
        hint={<code>{data.id}</code>}
        actions={<RunActions project={project} run={data} />}
      />
      {failure}
      <Figures run={data} progress={progress} />
      <Verdict run={data} />
      {data.problem && <ProblemList problems={[data.problem]} />}
      <div className="panel">
        <Tabs
          activeKey={tab}
          onChange={(next) => change({ tab: next })}
          items={tabs.map(({ key, page }) => ({ key, label: t(`tab.${key}`), children: page }))}
        />
      </div>
    </div>
  );
}
