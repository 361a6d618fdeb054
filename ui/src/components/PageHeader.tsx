import type { ReactNode } from 'react';
import './page-header.css';

type Props = { title: ReactNode; hint?: ReactNode; actions?: ReactNode; children?: ReactNode };

/** The head of a page: its name, what it is for, and what can be done here. */
export function PageHeader({ title, hint, actions, children }: Props) {
  return (
    <header className="page-header">
      <div className="row spread">
        <div className="grow">
          <h1>{title}</h1>
          {hint && <p className="soft">{hint}</p>}
        </div>
        {actions && <div className="row">{actions}</div>}
      </div>
      {children}
    </header>
  );
}
