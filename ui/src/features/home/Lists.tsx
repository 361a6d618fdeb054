import { Link } from '@tanstack/react-router';
import { Progress } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useProject } from '../../client/place';
import type { Home, Run } from '../../client/types';
import { budgetOf } from './budgets';
import { RelativeTime } from '../../components/RelativeTime';
import { StateTag } from '../../components/StateTag';
import { count, seconds } from '../../components/times';

type ListProps = { title: string; none: string; children: ReactNode[] };

function List({ title, none, children }: ListProps) {
  return (
    <section className="panel stack tight">
      <h2>{title}</h2>
      {children.length === 0 ? (
        <span className="soft">{none}</span>
      ) : (
        <ul className="plain-list">{children}</ul>
      )}
    </section>
  );
}

export function Failing({ runs }: { runs: Run[] }) {
  const { t } = useTranslation('home');
  const project = useProject();
  return (
    <List title={t('failing')} none={t('failing_none')}>
      {runs.map((run) => (
        <li key={run.id} className="row spread">
          <span className="grow">
            <Link to="/p/$project/runs/$id" params={{ project, id: run.id }}>
              {run.flow}
            </Link>
            {run.problem && <div className="soft home-clip">{run.problem.message}</div>}
          </span>
          <StateTag state={run.state} />
          <RelativeTime at={run.ended_at} />
        </li>
      ))}
    </List>
  );
}

/** What nothing was ever written to is neither late nor on time. */
function stateOf(late: boolean, last: string | null | undefined): string {
  if (late) return 'late';
  return last ? 'fresh' : 'never';
}

export function Freshness({ items }: { items: Home['freshness'] }) {
  const { t } = useTranslation('home');
  const project = useProject();
  const ordered = [...items].sort((a, b) => Number(b.late) - Number(a.late));
  return (
    <List title={t('freshness')} none={t('freshness_none')}>
      {ordered.map(({ dataset, flow, last_success_at, late }) => (
        <li key={`${flow}/${dataset}`} className="row spread">
          <span className="grow">
            <code>{dataset}</code>{' '}
            <Link
              to="/p/$project/flows/$name"
              params={{ project, name: flow }}
              className="home-within"
            >
              {flow}
            </Link>
          </span>
          <StateTag state={stateOf(late, last_success_at)} />
          <RelativeTime at={last_success_at} />
        </li>
      ))}
    </List>
  );
}

export function Slowest({ items }: { items: Home['slowest'] }) {
  const { t } = useTranslation('home');
  const project = useProject();
  return (
    <List title={t('slowest')} none={t('slowest_none')}>
      {items.map(({ flow, seconds_p95 }) => (
        <li key={flow} className="row spread">
          <Link to="/p/$project/flows/$name" params={{ project, name: flow }}>
            {flow}
          </Link>
          <span className="number">{seconds(seconds_p95)}</span>
        </li>
      ))}
    </List>
  );
}

function BudgetName({ label }: { label: string }) {
  const { t } = useTranslation('home');
  const known = budgetOf(label);
  return <span className="soft">{known ? t(`budget.${known.shape}`, known.values) : label}</span>;
}

export function Quotas({ items }: { items: Home['quotas'] }) {
  const { t, i18n } = useTranslation('home');
  return (
    <List title={t('quotas')} none={t('quotas_none')}>
      {items.map(({ connection, budget, used, limit, resets_at, exhausted_at }) => (
        <li key={`${connection}/${budget}`} className="stack tight" style={{ gap: 0 }}>
          <span className="row spread">
            <span>
              {connection} <BudgetName label={budget} />
            </span>
            <span className="number">
              {count(used, i18n.language)} / {count(limit, i18n.language)}
            </span>
          </span>
          <Progress
            percent={limit > 0 ? Math.min(100, Math.round((used / limit) * 100)) : 0}
            showInfo={false}
            size="small"
            aria-label={t('quota_used', { connection, budget })}
            status={exhausted_at ? 'exception' : 'normal'}
          />
          <span className="row">
            {exhausted_at && (
              <span style={{ color: 'var(--failed)' }}>
                {t('quota_out')} <RelativeTime at={exhausted_at} />
              </span>
            )}
            {resets_at && (
              <span className="soft">
                {t('quota_resets')} <RelativeTime at={resets_at} />
              </span>
            )}
          </span>
        </li>
      ))}
    </List>
  );
}
