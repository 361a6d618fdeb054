import { useState } from 'react';
import { Empty, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RunDetail } from '../../client/types';
import { ProblemList } from '../../components/ProblemList';
import { RelativeTime } from '../../components/RelativeTime';
import { StateTag } from '../../components/StateTag';

/** The attempts of a run, one at a time. */
export function Attempts({ run }: { run: RunDetail }) {
  const { t } = useTranslation('runs');
  const [picked, setPicked] = useState<number>();
  const attempts = run.attempts ?? [];
  const shown = attempts.find(({ attempt }) => attempt === picked) ?? attempts.at(-1);
  if (!shown) return <Empty description={t('no_attempts')} />;
  return (
    <div className="stack">
      <Segmented
        value={shown.attempt}
        onChange={setPicked}
        options={attempts.map(({ attempt }) => ({
          value: attempt,
          label: t('attempt', { attempt }),
        }))}
      />
      <div className="row">
        <StateTag state={shown.state} />
        <RelativeTime at={shown.started_at} />
        {shown.ended_at && (
          <>
            {'→'} <RelativeTime at={shown.ended_at} />
          </>
        )}
      </div>
      {shown.problem && <ProblemList problems={[shown.problem]} />}
    </div>
  );
}
