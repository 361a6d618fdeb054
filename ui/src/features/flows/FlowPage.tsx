import { Skeleton } from 'antd';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { at } from '../../client/api';
import { useThing } from '../../client/queries';
import type { Page, Project, StoredDocument } from '../../client/types';
import { Failure } from '../../components/Failure';
import { EditorContext } from './editor/editorContext';
import { createEditor } from './editor/editorStore';
import { FlowEditor } from './editor/FlowEditor';
import { flowPaths } from './flowPaths';
import { mayEditAs } from './editor/useLock';
import './flow.css';

/** A flow, open for editing: its YAML text, and the canvas and the forms drawn from it. */
export function FlowPage() {
  const { project = '', name = '' } = useParams({ strict: false }) as Record<string, string>;
  return <Opened key={`${project}/${name}`} project={project} name={name} />;
}

function Opened({ project, name }: { project: string; name: string }) {
  const flow = useThing<StoredDocument>(flowPaths(project, name).flow);
  const projects = useThing<Page<Project>>(at('projects'));
  // The first answer opens the editor; later ones must not take a draft away.
  const [first, setFirst] = useState<StoredDocument>();
  if (!first && flow.data && projects.data) setFirst(flow.data);
  if (!first) {
    if (flow.error) return <Failure error={flow.error} onRetry={() => void flow.refetch()} />;
    return <Skeleton active paragraph={{ rows: 10 }} />;
  }
  const role = projects.data?.items.find((one) => one.name === project)?.role;
  return <Editing project={project} stored={first} mayEdit={mayEditAs(role)} />;
}

type Editing = { project: string; stored: StoredDocument; mayEdit: boolean };

function Editing({ project, stored, mayEdit }: Editing) {
  const [store] = useState(() => createEditor(project, stored));
  return (
    <EditorContext.Provider value={store}>
      <FlowEditor mayEdit={mayEdit} />
    </EditorContext.Provider>
  );
}
