import { Skeleton } from 'antd';
import { lazy, Suspense } from 'react';
import type { DiffProps } from './editor/MergeView';

const MergeView = lazy(() => import('./editor/MergeView'));

/** Two texts side by side with what changed between them. */
export function DiffView(props: DiffProps) {
  return (
    <Suspense fallback={<Skeleton active paragraph={{ rows: 8 }} />}>
      <MergeView {...props} />
    </Suspense>
  );
}
