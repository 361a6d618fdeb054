import { ApiOutlined, HistoryOutlined, PartitionOutlined } from '@ant-design/icons';
import { useNavigate } from '@tanstack/react-router';
import { pinyin } from 'pinyin-pro';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { at } from '../../../client/api';
import { useThing } from '../../../client/queries';
import type { DocumentEntry, Page, Run } from '../../../client/types';
import type { Findable } from '../../../components/fuzzy';
import { RelativeTime } from '../../../components/RelativeTime';
import { StateTag } from '../../../components/StateTag';
import { PAGES } from '../pages';

const LISTED_MAX = 200;

export type Found = Findable & {
  id: string;
  kind: 'page' | 'flow' | 'connection' | 'run';
  icon: ReactNode;
  note?: ReactNode;
  go: () => void;
};

function spelled(label: string): Findable {
  if (!/[\u3400-\u9fff]/.test(label)) return { label };
  const syllables = pinyin(label, { toneType: 'none', type: 'array', nonZh: 'consecutive' });
  return {
    label,
    initials: syllables.map((syllable) => syllable[0] ?? '').join(''),
    spelled: syllables.join(''),
  };
}

const named = ({ name, title }: DocumentEntry) => (title ? `${title} ${name}` : name);

/** Everything the palette can go to in a project. */
export function usePlaces(project: string | undefined): Found[] {
  const { t } = useTranslation('nav');
  const navigate = useNavigate();
  const enabled = project !== undefined;
  const inside = (kind: string) => at('projects', project ?? '', kind);
  const query = { limit: LISTED_MAX };
  const flows = useThing<Page<DocumentEntry>>(inside('flows'), { query, enabled });
  const connections = useThing<Page<DocumentEntry>>(inside('connections'), { query, enabled });
  const runs = useThing<Page<Run>>(inside('runs'), { query: { limit: 50 }, enabled });
  return useMemo(() => {
    if (!project) return [];
    const pages = PAGES.map(
      ({ key, to, icon }): Found => ({
        ...spelled(t(`page.${key}`)),
        id: `page-${key}`,
        kind: 'page',
        icon,
        go: () => void navigate({ to, params: { project } }),
      }),
    );
    const ofFlows = (flows.data?.items ?? []).map(
      (flow): Found => ({
        ...spelled(named(flow)),
        id: `flow-${flow.name}`,
        kind: 'flow',
        icon: <PartitionOutlined />,
        go: () =>
          void navigate({ to: '/p/$project/flows/$name', params: { project, name: flow.name } }),
      }),
    );
    const ofConnections = (connections.data?.items ?? []).map(
      (one): Found => ({
        ...spelled(named(one)),
        id: `connection-${one.name}`,
        kind: 'connection',
        icon: <ApiOutlined />,
        note: <code className="soft">{one.type}</code>,
        go: () =>
          void navigate({
            to: '/p/$project/connections/$name',
            params: { project, name: one.name },
          }),
      }),
    );
    const ofRuns = (runs.data?.items ?? []).map(
      (run): Found => ({
        ...spelled(`${run.flow} ${run.id}`),
        id: `run-${run.id}`,
        kind: 'run',
        icon: <HistoryOutlined />,
        note: (
          <span className="row">
            <StateTag state={run.state} />
            <RelativeTime at={run.ended_at ?? run.started_at ?? run.queued_at} />
          </span>
        ),
        go: () => void navigate({ to: '/p/$project/runs/$id', params: { project, id: run.id } }),
      }),
    );
    return [...pages, ...ofFlows, ...ofConnections, ...ofRuns];
  }, [project, flows.data, connections.data, runs.data, t, navigate]);
}
