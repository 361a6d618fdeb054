import type { LdapSettings, OidcSettings, ProviderSetup, Role } from '../../../client/types';

/** What people of one group may do in one project; without a group, what everybody may. */
export type GroupRow = { group?: string; project: string; role: Role };

export type ProviderValues = {
  id: string;
  kind: 'oidc' | 'ldap';
  title: string;
  enabled: boolean;
  oidc?: Partial<OidcSettings>;
  ldap?: Partial<LdapSettings>;
  secret?: string;
  rows: (Partial<GroupRow> | undefined)[];
};

/** What the server takes when nothing is said; shown, so that nobody has to look them up. */
const OIDC = { scope: 'profile email', name_claim: 'preferred_username', groups_claim: 'groups' };
const LDAP = { user_filter: '(uid={0})', group_filter: '(member={0})' };

export function valuesOf(provider: ProviderSetup | undefined): ProviderValues {
  const everybody = Object.entries(provider?.everybody ?? {});
  const groups = Object.entries(provider?.groups ?? {});
  return {
    id: provider?.id ?? '',
    kind: provider?.kind ?? 'oidc',
    title: provider?.title ?? '',
    enabled: provider?.enabled ?? true,
    oidc: { ...OIDC, ...provider?.oidc },
    ldap: { ...LDAP, ...provider?.ldap },
    rows: [
      ...everybody.map(([project, role]) => ({ project, role })),
      ...groups.flatMap(([group, grants]) =>
        Object.entries(grants).map(([project, role]) => ({ group, project, role })),
      ),
    ],
  };
}

/** Only the settings of its kind are sent, and a secret only when one was typed. */
export function bodyOf(values: ProviderValues) {
  const { kind, title, enabled, secret } = values;
  const groups: Record<string, Record<string, Role>> = {};
  const everybody: Record<string, Role> = {};
  for (const row of values.rows) {
    if (!row?.project || !row.role) continue;
    const group = row.group?.trim();
    if (group) (groups[group] ??= {})[row.project] = row.role;
    else everybody[row.project] = row.role;
  }
  return {
    title: title.trim() || values.id,
    enabled,
    [kind]: values[kind] ?? {},
    groups,
    everybody,
    ...(secret ? { secret } : {}),
  };
}
