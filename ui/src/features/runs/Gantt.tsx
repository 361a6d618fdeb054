import { useTranslation } from 'react-i18next';
import type { RunStep } from '../../client/types';
import { useSeconds } from '../../components/now';
import { seconds } from '../../components/times';
import { bars } from './gantt';
import './runs.css';

/** When each step ran, under each other on one line of time. */
export function Gantt({ steps: all }: { steps: RunStep[] }) {
  const { t } = useTranslation('runs');
  // What only sums up others was at no time of its own.
  const steps = all.filter(({ state, started_at }) => started_at || state !== 'succeeded');
  const now = useSeconds(steps.some((step) => step.started_at && !step.ended_at));
  const { bars: drawn, seconds: span } = bars(steps, now);
  return (
    <figure className="gantt" aria-label={t('gantt')}>
      {drawn.map(({ name, state, left, width }, index) => {
        const step = steps[index];
        const from = step?.started_at ? Date.parse(step.started_at) : 0;
        const to = step?.ended_at ? Date.parse(step.ended_at) : undefined;
        const took = to ? seconds((to - from) / 1000) : '';
        return (
          <div key={name} className="gantt-row">
            <span className="gantt-name" title={name}>
              {name}
            </span>
            <span className="gantt-track">
              {width > 0 && (
                <span
                  className="gantt-bar"
                  title={`${name} ${took}`}
                  style={{
                    left: `${left}%`,
                    width: `${width}%`,
                    background: `var(--${state})`,
                  }}
                />
              )}
            </span>
            <span className="number soft">{took}</span>
          </div>
        );
      })}
      <figcaption className="soft">{t('gantt_span', { span: seconds(span) })}</figcaption>
    </figure>
  );
}
