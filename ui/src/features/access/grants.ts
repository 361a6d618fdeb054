import type { Role } from '../../client/types';

export const ROLES: Role[] = ['viewer', 'operator', 'developer', 'administrator'];
export type GrantRow = { project: string; role: Role };

export function toRows(grants: Record<string, Role>): GrantRow[] {
  return Object.entries(grants).map(([project, role]) => ({ project, role }));
}

/** The last row of a project counts, as on the screen. */
export function fromRows(rows: (Partial<GrantRow> | undefined)[]): Record<string, Role> {
  const grants: Record<string, Role> = {};
  for (const row of rows) {
    if (row?.project && row.role) grants[row.project] = row.role;
  }
  return grants;
}
