import type { ReactNode } from 'react';
import { JointMark } from './JointMark';

export type EmptyText = { title: string; hint?: string; action?: ReactNode };

/** An empty place that says why it is empty and what to do next. */
export function EmptyHint({ title, hint, action }: EmptyText) {
  return (
    <div className="empty-hint">
      <JointMark size={44} apart />
      <strong>{title}</strong>
      {hint && <p className="soft">{hint}</p>}
      {action}
    </div>
  );
}
