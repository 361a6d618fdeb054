import { Link } from '@tanstack/react-router';
import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { at } from '../../client/api';
import { useProject } from '../../client/place';
import { useThing } from '../../client/queries';
import type { Page, RejectsWaiting } from '../../client/types';
import { EmptyHint } from '../../components/EmptyHint';
import { Failure } from '../../components/Failure';
import { count } from '../../components/times';
import './rejects.css';

const REFRESH_MS = 15_000;

/** The flows with rows that wait to be mended, those with the most first. */
export function WaitingFlows() {
  const { t, i18n } = useTranslation('rejects');
  const project = useProject();
  const waiting = useThing<Page<RejectsWaiting>>(at('projects', project, 'rejects'), {
    every: REFRESH_MS,
  });
  if (waiting.error) return <Failure error={waiting.error} />;
  if (!waiting.data) return <Skeleton active />;
  const { items } = waiting.data;
  if (items.length === 0) {
    return (
      <div className="panel">
        <EmptyHint
          title={t('nothing_waiting')}
          hint={t('nothing_waiting_hint')}
          action={
            <Link to="/p/$project/runs" params={{ project }}>
              {t('to_runs')}
            </Link>
          }
        />
      </div>
    );
  }
  return (
    <section className="panel stack tight">
      <h2>{t('waiting')}</h2>
      <ul className="plain-list">
        {items.map(({ flow, rows }) => (
          <li key={flow} className="row spread">
            <Link to="/p/$project/rejects" params={{ project }} search={{ flow }}>
              {flow}
            </Link>
            <span className="reject-count">
              {t('waiting_rows', { count: rows, rows: count(rows, i18n.language) })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
