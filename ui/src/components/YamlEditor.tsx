import { Skeleton } from 'antd';
import { lazy, Suspense } from 'react';
import type { YamlEditorProps } from './editor/YamlView';

const YamlView = lazy(() => import('./editor/YamlView'));

/** A document as text, its problems marked on their lines. The editor is fetched when first shown. */
export function YamlEditor(props: YamlEditorProps) {
  return (
    <Suspense fallback={<Skeleton active paragraph={{ rows: 8 }} />}>
      <YamlView {...props} />
    </Suspense>
  );
}
