import { Empty, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { useThing } from '../../client/queries';
import type { RunDetail } from '../../client/types';
import { Failure } from '../../components/Failure';
import { count } from '../../components/times';
import { runPath } from '../../client/runPaths';
import { isEqual, verificationOf } from './Verdict';

const FIGURES = ['source_rows', 'target_rows', 'missing', 'extra', 'different'] as const;

function Report({ project, id }: { project: string; id: string }) {
  const { t } = useTranslation('runs');
  const report = useThing<unknown>(runPath(project, id, 'verification'));
  if (report.error) return <Failure error={report.error} />;
  if (report.isPending) return <Skeleton active />;
  return (
    <details>
      <summary>{t('verified.report')}</summary>
      <pre className="code" style={{ overflow: 'auto', maxHeight: 420 }}>
        {JSON.stringify(report.data, null, 2)}
      </pre>
    </details>
  );
}

/** Source and target compared after the run, in figures, and the differences where there are some. */
export function VerificationView({ project, run }: { project: string; run: RunDetail }) {
  const { t, i18n } = useTranslation('runs');
  const checked = verificationOf(run);
  if (!checked) return <Empty description={t('verified.none')} />;
  const equal = isEqual(checked);
  return (
    <div className="stack">
      <dl className="figures">
        {FIGURES.map((figure) => (
          <div key={figure}>
            <dt>{t(`verified.${figure}`)}</dt>
            <dd>{count(checked[figure], i18n.language)}</dd>
          </div>
        ))}
      </dl>
      {(!equal || run.verified) && <Report project={project} id={run.id} />}
    </div>
  );
}
