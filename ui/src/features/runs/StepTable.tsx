import { Progress, Table, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RunProgress, RunStep } from '../../client/types';
import { StateTag } from '../../components/StateTag';
import { bytes, count } from '../../components/times';

type Props = { steps: RunStep[]; progress: Record<string, RunProgress>; over: boolean };

function Moving({ progress }: { progress: RunProgress }) {
  const { t, i18n } = useTranslation('runs');
  const { rows, rows_expected, rate } = progress;
  const share = rows_expected ? Math.min(100, Math.round((rows / rows_expected) * 100)) : undefined;
  return (
    <div style={{ minWidth: 180 }}>
      <StateTag state="running" />
      {share !== undefined && <Progress percent={share} size="small" />}
      <span className="soft run-moved">
        {t('progress', { rows: count(rows, i18n.language) })}
        {rate ? ` · ${t('rate', { rate: count(Math.round(rate), i18n.language) })}` : ''}
      </span>
    </div>
  );
}

/** Each step with what went in, what came out and what was set aside. */
export function StepTable({ steps, progress, over }: Props) {
  const { t, i18n } = useTranslation('runs');
  const number = (value: number | null | undefined) => count(value, i18n.language);
  const columns: TableColumnsType<RunStep> = [
    {
      title: t('step'),
      render: (_, { name, kind }) => (
        <span>
          {name} <code className="soft">{kind}</code>
        </span>
      ),
    },
    {
      title: t('state'),
      render: (_, { name, state }) => {
        const moving = progress[name];
        // Steps that only feed a writing one say what went through them when it is through.
        return moving && state === 'running' && (moving.rows > 0 || moving.rows_expected) ? (
          <Moving progress={moving} />
        ) : (
          <StateTag state={over && state === 'waiting' ? 'skipped' : state} />
        );
      },
    },
    { title: t('rows_in'), className: 'number', render: (_, step) => number(step.rows_in) },
    { title: t('rows_out'), className: 'number', render: (_, step) => number(step.rows_out) },
    { title: t('rejected'), className: 'number', render: (_, step) => number(step.rows_rejected) },
    { title: t('bytes'), className: 'number', render: (_, step) => bytes(step.bytes) },
  ];
  return (
    <Table
      size="small"
      pagination={false}
      rowKey={({ name }) => name}
      columns={columns}
      dataSource={steps}
      scroll={{ x: 'max-content' }}
      locale={{ emptyText: t('no_steps') }}
    />
  );
}
