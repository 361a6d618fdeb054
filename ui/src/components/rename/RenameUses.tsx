import { Link } from '@tanstack/react-router';
import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { at } from '../../client/api';
import { useProject } from '../../client/place';
import { useThing } from '../../client/queries';
import { useSession } from '../../client/session';
import type { ConnectionUse, ConnectionUses } from '../../client/types';
import { Failure } from '../Failure';

function Use({ use }: { use: ConnectionUse }) {
  const { t } = useTranslation('common');
  const project = useProject();
  const me = useSession()?.principal?.name;
  const lines = use.places.map(({ line }) => line).join(', ');
  return (
    <li>
      <Link to="/p/$project/flows/$name" params={{ project, name: use.flow }}>
        {use.flow}
      </Link>{' '}
      <span className="soft">
        {lines ? t('rename.lines', { lines }) : t('rename.illegible')}
        {use.locked_by && use.locked_by !== me && ` · ${t('rename.held', { name: use.locked_by })}`}
      </span>
    </li>
  );
}

/** Which flows change when a connection gets another name, told before it does. */
export function RenameUses({ name }: { name: string }) {
  const { t } = useTranslation('common');
  const path = at('projects', useProject(), 'connections', name, 'uses');
  const uses = useThing<ConnectionUses>(path, { query: { limit: 200 } });
  if (uses.error) return <Failure error={uses.error} onRetry={() => void uses.refetch()} />;
  if (!uses.data) return <Skeleton active title={false} paragraph={{ rows: 2 }} />;
  const { items, total, next } = uses.data;
  if (total === 0) return <span className="soft">{t('rename.no_uses')}</span>;
  return (
    <div className="stack tight" role="status">
      <span>{t('rename.uses', { total })}</span>
      <ul className="plain-list rename-uses" tabIndex={0} aria-label={t('rename.uses', { total })}>
        {items.map((use) => (
          <Use key={use.flow} use={use} />
        ))}
        {next && <li className="soft">{t('rename.more')}</li>}
      </ul>
    </div>
  );
}
