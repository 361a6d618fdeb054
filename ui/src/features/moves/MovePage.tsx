import { ExportOutlined, PlayCircleOutlined } from '@ant-design/icons';
import { useNavigate } from '@tanstack/react-router';
import { Button, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, at } from '../../client/api';
import { useProject } from '../../client/place';
import { useSend, useThing } from '../../client/queries';
import { useMay } from '../../client/session';
import type { DocumentEntry, Page, Run, StoredDocument } from '../../client/types';
import { Failure } from '../../components/Failure';
import { PageHeader } from '../../components/PageHeader';
import { EndPanel } from './EndPanel';
import { MapTable } from './MapTable';
import { Outcome, problemsIn, Settings } from './Outcome';
import { useMove, type MoveModel } from './useMove';
import './moves.css';

async function save({ project, name, text }: MoveModel): Promise<StoredDocument> {
  const path = at('projects', project, 'flows', name);
  return api.put<StoredDocument>(path, { text }, { create: true });
}

/** A flow that is published at once, and run. */
async function run(move: MoveModel): Promise<Run> {
  const { project, name } = move;
  const { revision } = await save(move);
  await api.post(at('projects', project, 'flows', name, 'publish'), { revision });
  return api.post<Run>(at('projects', project, 'runs'), { flow: name, revision: 'published' });
}

function Finish({ move }: { move: MoveModel }) {
  const { t } = useTranslation('moves');
  const { project, name } = move;
  const navigate = useNavigate();
  const flows = at('projects', project, 'flows');
  const running = useSend(() => run(move), flows, at('projects', project, 'runs'));
  const opening = useSend(() => save(move), flows);
  const unready = name === '' || move.nameTaken || move.entries.size === 0;
  const sound = move.check.isSuccess && !move.check.isFetching && problemsIn(move).length === 0;
  const start = () =>
    running.mutate(undefined, {
      onSuccess: ({ id }) => void navigate({ to: '/p/$project/runs/$id', params: { project, id } }),
    });
  const open = () =>
    opening.mutate(undefined, {
      onSuccess: () => void navigate({ to: '/p/$project/flows/$name', params: { project, name } }),
    });
  return (
    <section className="panel stack" aria-label={t('finish.title')}>
      <Settings move={move} />
      <Failure error={running.error ?? opening.error} />
      <div className="row">
        <Button
          type="primary"
          size="large"
          icon={<PlayCircleOutlined />}
          disabled={unready || !sound || opening.isPending}
          loading={running.isPending}
          onClick={start}
        >
          {t('finish.run')}
        </Button>
        <Button
          size="large"
          icon={<ExportOutlined />}
          disabled={unready || running.isPending}
          loading={opening.isPending}
          onClick={open}
        >
          {t('finish.open')}
        </Button>
        <span className="soft">{t('finish.hint')}</span>
      </div>
    </section>
  );
}

/** The shortest way to a first flow: two tables, the mapping between them, rows to look at, a run. */
export function MovePage() {
  const { t } = useTranslation('moves');
  const project = useProject();
  const may = useMay(project, 'developer');
  const connections = useThing<Page<DocumentEntry>>(at('projects', project, 'connections'), {
    query: { limit: 200 },
  });
  const move = useMove(project);
  const items = connections.data?.items ?? [];
  return (
    <div className="stack">
      <PageHeader title={t('title')} hint={may ? t('hint') : t('no_right')} />
      <Failure error={connections.error} onRetry={() => void connections.refetch()} />
      {connections.isPending && <Skeleton active />}
      {may && connections.data && (
        <>
          <div className="halves move-ends">
            <EndPanel side="from" end={move.from} connections={items} onChange={move.setFrom} />
            <EndPanel
              side="to"
              end={move.to}
              source={move.from}
              connections={items}
              onChange={move.setTo}
            />
          </div>
          {move.chosen && <MapTable move={move} />}
          {move.chosen && move.entries.size > 0 && (
            <>
              <Outcome move={move} />
              <Finish move={move} />
            </>
          )}
        </>
      )}
    </div>
  );
}
