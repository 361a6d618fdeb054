import { CheckCircleFilled, CloseCircleFilled } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { ConnectionCheck } from '../../client/types';
import { ProblemList } from '../../components/ProblemList';
import { seconds } from '../../components/times';

/** What a test tried, one step after another, and the first that failed with how to mend it. */
export function CheckResult({ check }: { check: ConnectionCheck }) {
  const { t } = useTranslation('connections');
  return (
    <section className="panel stack tight" aria-live="polite">
      <h2>{t(check.ok ? 'check.ok' : 'check.failed')}</h2>
      {check.version && <span className="soft">{check.version}</span>}
      <ol className="check-steps">
        {check.steps.map(({ step, ok, seconds: took, problem }) => (
          <li key={step}>
            <span className="row">
              {ok ? <CheckCircleFilled className="ok" /> : <CloseCircleFilled className="bad" />}
              <strong>{t(`check.step.${step}`, { defaultValue: step })}</strong>
              <span className="soft">{ok ? t('check.passed') : t('check.broke')}</span>
              <span className="soft">{seconds(took)}</span>
            </span>
            {problem && <ProblemList problems={[problem]} />}
          </li>
        ))}
      </ol>
    </section>
  );
}
