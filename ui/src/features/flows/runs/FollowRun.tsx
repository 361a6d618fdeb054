import { useEffect, useMemo } from 'react';
import { graphOf } from '../../../canvas/graph';
import { useThing } from '../../../client/queries';
import { runsPath } from '../../../client/runPaths';
import type { Page, Run } from '../../../client/types';
import { useRun } from '../../../client/useRun';
import { useEditor, useEditorStore } from '../editor/editorContext';
import { ranOf } from './ran';

const REFRESH_MS = 10_000;

/** Keeps the editor told of the flow's last run, whoever started it, while it goes on and after. */
export function FollowRun() {
  const project = useEditor((editor) => editor.project);
  const name = useEditor((editor) => editor.name);
  const latest = useThing<Page<Run>>(runsPath(project), {
    query: { flow: name, limit: 1 },
    every: REFRESH_MS,
  });
  const run = latest.data?.items[0];
  return run ? <Following key={run.id} project={project} id={run.id} /> : null;
}

/** Draws nothing; only what shows a figure that has changed is drawn again. */
function Following({ project, id }: { project: string; id: string }) {
  const store = useEditorStore();
  const flow = useEditor((editor) => editor.flow);
  const graph = useMemo(() => graphOf(flow), [flow]);
  const { run, progress, live } = useRun(project, id);
  const { data } = run;
  useEffect(() => {
    if (data) store.getState().show({ ran: ranOf(data, progress, live, graph) });
  }, [data, progress, live, graph, store]);
  return null;
}
