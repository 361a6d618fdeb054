import { Skeleton } from 'antd';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useThing } from '../../client/queries';
import { useMay } from '../../client/session';
import type { StoredDocument } from '../../client/types';
import { Failure } from '../../components/Failure';
import { EditorContext } from './editor/editorContext';
import { createEditor } from './editor/editorStore';
import { FlowEditor } from './editor/FlowEditor';
import { flowPaths } from './flowPaths';
import './flow.css';

/** A flow, open for editing: its YAML text, and the canvas and the forms drawn from it. */
export function FlowPage() {
  const { project = '', name = '' } = useParams({ strict: false }) as Record<string, string>;
  return <Opened key={`${project}/${name}`} project={project} name={name} />;
}

function Opened({ project, name }: { project: string; name: string }) {
  const flow = useThing<StoredDocument>(flowPaths(project, name).flow);
  const mayEdit = useMay(project, 'developer');
  // The first answer opens the editor; later ones must not take a draft away.
  const [first, setFirst] = useState<StoredDocument>();
  if (!first && flow.data) setFirst(flow.data);
  if (!first) {
    if (flow.error) return <Failure error={flow.error} onRetry={() => void flow.refetch()} />;
    return <Skeleton active paragraph={{ rows: 10 }} />;
  }
  return <Editing project={project} stored={first} mayEdit={mayEdit} />;
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
