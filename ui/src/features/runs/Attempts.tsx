import { Empty } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Attempt, RunDetail } from '../../client/types';
import { ProblemList } from '../../components/ProblemList';
import { StateTag } from '../../components/StateTag';
import { exactTime, seconds } from '../../components/times';

function One({ attempt: { attempt, state, started_at, ended_at, problem } }: { attempt: Attempt }) {
  const { t, i18n } = useTranslation('runs');
  const took =
    started_at && ended_at ? (Date.parse(ended_at) - Date.parse(started_at)) / 1000 : undefined;
  return (
    <li className="stack tight">
      <div className="row">
        <strong>{t('attempt', { attempt })}</strong>
        <StateTag state={state} />
        {started_at && <time dateTime={started_at}>{exactTime(started_at, i18n.language)}</time>}
        {took !== undefined && (
          <span className="soft">{t('took_of', { time: seconds(took) })}</span>
        )}
      </div>
      {problem && <ProblemList problems={[problem]} />}
    </li>
  );
}

/** The attempts of a run under each other, the newest first, with why those before it broke. */
export function Attempts({ run }: { run: RunDetail }) {
  const { t } = useTranslation('runs');
  const attempts = run.attempts ?? [];
  if (attempts.length === 0) return <Empty description={t('no_attempts')} />;
  return (
    <ul className="plain-list">
      {attempts.toReversed().map((attempt) => (
        <One key={attempt.attempt} attempt={attempt} />
      ))}
    </ul>
  );
}
